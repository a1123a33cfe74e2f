// A fault proxy before the database of each service, and the steps recorded by it. Every writing transaction that passes
// while a decision is carried out undisturbed is a step of the decision. A service must be killed at each point of each
// step, once over all decisions. The killed process is restarted, and the proxy then waits for the remaining points.
import { PUBLISHERS } from '@hengji/contracts';
import { query } from '@hengji/testing';
import {
  FAULT_POINTS,
  type FaultPoint,
  postgresProxy,
  type PostgresProxy,
  publishes,
  type Shape,
  type Target,
} from '../faults/postgres-proxy';
import type { Platform } from '../running-platform';

export const SERVICES = PUBLISHERS;
export type Service = (typeof SERVICES)[number];

interface Door {
  readonly service: Service;
  readonly proxy: PostgresProxy;
  /** The decisions that have a step of this shape. */
  readonly steps: Map<Shape, string[]>;
  readonly left: Target[];
}

export interface Doors {
  /** For `startRunning`: the port by which each service reaches its database. */
  readonly ports: Readonly<Record<string, number>>;
  /** Carries the decision out undisturbed, and records every kind of writing transaction that passed as a step of it. */
  learn(decision: string, carryOut: () => Promise<void>): Promise<void>;
  /** The number of kinds of steps recorded for the service. */
  stepsOf(service: Service): number;
  /** Carries the decision out and kills each service at its remaining points; returns how often services were killed. */
  strike(platform: Platform, carryOut: () => Promise<void>): Promise<number>;
  /** The points that are not tested yet, by name: service, step, point, and the decisions that have the step. */
  left(): { readonly name: string; readonly decisions: readonly string[] }[];
  hasDied(service: Service, point: FaultPoint): boolean;
  close(): Promise<void>;
}

/** Whether the relay's mark is about these events; the query uses a connection that does not pass through the proxy. */
const marksIn =
  (url: string) =>
  async (rowIds: readonly string[], eventIds: readonly string[]): Promise<boolean> => {
    const sql = `SELECT 1 FROM messaging.outbox WHERE id = ANY($1::bigint[]) AND event_id = ANY($2::uuid[]) LIMIT 1`;
    return (await query(url, sql, [rowIds, eventIds])).length > 0;
  };

const pointsOf = (shape: Shape): Target[] =>
  FAULT_POINTS.filter((point) => point !== FAULT_POINTS[2] || publishes(shape)).map((point) => ({ shape, point }));

const learnAt = ({ proxy, steps, left }: Door, decision: string): void => {
  for (const shape of [...proxy.shapes.keys()].sort()) {
    const known = steps.get(shape);
    if (known === undefined) left.push(...pointsOf(shape));
    steps.set(shape, [...(known ?? []), decision]);
  }
};

const openDoor = async (service: Service, postgresUrl: URL): Promise<Door> => {
  const proxy = await postgresProxy({ host: postgresUrl.hostname, port: Number(postgresUrl.port) });
  return { service, proxy, steps: new Map(), left: [] };
};

export const openDoors = async (postgresUrl: URL): Promise<Doors> => {
  const doors = await Promise.all(SERVICES.map((service) => openDoor(service, postgresUrl)));
  const deaths: { service: Service; point: FaultPoint }[] = [];

  /** Starts the service at once. The supervisor would do so only after a while, and the matrix would wait each time. */
  const startAgain = async (platform: Platform, { service, proxy }: Door): Promise<void> => {
    await platform.kill(service, { stayDown: true });
    proxy.thaw();
    await platform.restart(service);
  };

  return {
    ports: Object.fromEntries(doors.map(({ service, proxy }) => [service, proxy.port])),
    learn: async (decision, carryOut) => {
      for (const { proxy } of doors) proxy.forget();
      await carryOut();
      for (const door of doors) learnAt(door, decision);
    },
    stepsOf: (service) => doors.find((door) => door.service === service)?.steps.size ?? 0,
    strike: async (platform, carryOut) => {
      const restarts: Promise<void>[] = [];
      for (const door of doors) {
        const struck = ({ point }: Target): void => {
          deaths.push({ service: door.service, point });
          restarts.push(startAgain(platform, door));
        };
        door.proxy.strikeAt(door.left, { struck, marks: marksIn(platform.databaseUrl(door.service)) });
      }
      await carryOut();
      for (const { proxy } of doors) proxy.disarm();
      await Promise.all(restarts);
      return restarts.length;
    },
    left: () =>
      doors.flatMap(({ service, steps, left }) =>
        left.map(({ shape, point }) => {
          const decisions = steps.get(shape) ?? [];
          return { name: `${service}: ${shape}: ${point} (${decisions.join(', ')})`, decisions };
        }),
      ),
    hasDied: (service, point) => deaths.some((death) => death.service === service && death.point === point),
    close: async () => {
      await Promise.all(doors.map(({ proxy }) => proxy.close()));
    },
  };
};
