// A door to the database of each service, and what is known of the steps behind it. What comes through while a decision is
// carried out undisturbed is a step of it; each step is to be struck at each point, once in all decisions together. A process
// that is struck is killed and started again, and the door then lies in wait for the rest.
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
  /** For `startRunning`: where each service finds its database. */
  readonly ports: Readonly<Record<string, number>>;
  /** Carries the decision out undisturbed, and takes every kind of writing transaction that came through for a step of it. */
  learn(decision: string, carryOut: () => Promise<void>): Promise<void>;
  /** How many kinds of steps a service has in all that was learned. */
  stepsOf(service: Service): number;
  /** Carries it out while each service dies at whatever it still has to die at; returns how often they did. */
  strike(platform: Platform, carryOut: () => Promise<void>): Promise<number>;
  /** What has not been struck yet, by name: service, step, point, and the decisions that have the step. */
  left(): { readonly name: string; readonly decisions: readonly string[] }[];
  hasDied(service: Service, point: FaultPoint): boolean;
  close(): Promise<void>;
}

/** Whether the relay's mark is of these events; asked by a connection that does not go through the door. */
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

  /** Not by itself after a while, as it would: a matrix has no time to wait for that each time. */
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
