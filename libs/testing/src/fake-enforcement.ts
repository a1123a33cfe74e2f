// A fake of enforcement for its participants. It lists the fences in force, publishes orders, row releases, liftings and
// completions, and reads the reply box. Everything goes through the real broker and a real gRPC socket; only the decisions
// come from the test.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import {
  OrderCompleted,
  OrderIssued,
  OrderLifted,
  OrderReopened,
  RowReleased,
  type EnforcementEvent,
} from '@hengji/contracts/enforcement/v1/enforcement_events';
import { CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import { EnforcementServiceDefinition, type StandingFence } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { RowAsk, type Measure, type PackageItem, type Scope } from '@hengji/contracts/enforcement/v1/order';
import type { ReportEvent, RowRefused, RowReported } from '@hengji/contracts/enforcement/v1/report_events';
import { Refusal } from '@hengji/domain-kit';
import { fakeNeighbour, fakeService } from './fake-neighbour';
import { fakeOwner, type FakeOwner } from './fakes/fake-owner';
import type { KafkaProbe } from './kafka-probe';
import { sealed, sealedNotice } from './sealed-order';
import { until } from './until';

type Asked = NonNullable<RowAsk['effect']>;

/** One row of an order: its request, and the differences from "at once, at most a thousand records". */
export type TestRow = Asked & Partial<Pick<RowAsk, 'row' | 'afterRow' | 'signedCount' | 'undo' | 'undoesRow'>>;

export interface TestOrder {
  readonly orderId: string;
  readonly scope: Partial<Scope> & { readonly institution: string };
  readonly rows: readonly TestRow[];
  readonly epoch?: bigint;
  readonly measures?: Measure[];
  readonly rectifyBy?: string;
  /** The items that a transfer order hands over. */
  readonly package?: PackageItem[];
}

export interface FakeEnforcement {
  /** ENFORCEMENT_ADDR of the service under test. */
  readonly address: string;
  /** The answer of ListFences; a suite may change it. */
  readonly fences: StandingFence[];
  /** The answers to consumers that missed events. */
  readonly owner: FakeOwner;
  /** Bytes of documents and attachments by their id; a suite may change them. */
  readonly files: Map<string, Uint8Array>;
  issue(order: TestOrder): Promise<void>;
  /** `partial`: only this scope of the order. */
  lift(order: TestOrder & { partial?: boolean }): Promise<void>;
  release(institution: string, orderId: string, row: number): Promise<void>;
  complete(institution: string, orderId: string, lifted?: boolean): Promise<void>;
  /** A sweep found these rows not as demanded: they are carried out once more. */
  reopen(institution: string, orderId: string, rows: number[]): Promise<void>;
  /** Sends everything that was ever sent once more: the same bytes, the same event ids. */
  repeat(): Promise<void>;
  /** The service's receipt for the row; throws an error with the refusal if the service refused. */
  receipt(orderId: string, row: number): Promise<RowReported>;
  /** The service's refusal of the row; throws an error with the receipt if the service carried the row out. */
  refusal(orderId: string, row: number): Promise<RowRefused>;
  /** Everything in the reply box. */
  reports(): Promise<Body<ReportEvent>[]>;
}

const rowsOf = (rows: readonly TestRow[], undo: boolean): RowAsk[] =>
  rows.map(({ $case, value, ...more }, i) =>
    RowAsk.fromPartial({
      row: i + 1,
      measure: 'STOP_EVALUATION',
      withinMinutes: 5,
      signedCount: 1_000n,
      undo,
      ...more,
      effect: { $case, value } as Asked,
    }),
  );

const fileService = (files: ReadonlyMap<string, Uint8Array>) => {
  const bytesOf = (id: string): Buffer => {
    const bytes = files.get(id);
    if (!bytes) throw new Refusal('notFound', 'attachment.unknown', '没有这个文件', { field: 'attachment_id' });
    return Buffer.from(bytes);
  };
  return fakeService(CaseServiceDefinition, {
    readAttachment: async function* ({ attachmentId }) {
      yield { attachment: { attachmentId } };
      yield { chunk: bytesOf(attachmentId) };
    },
    getDocument: async ({ documentId }) => ({ pdf: bytesOf(documentId) }),
  });
};

/** The reports of the service under test. */
const replyBox = (probe: KafkaProbe): Pick<FakeEnforcement, 'receipt' | 'refusal' | 'reports'> => {
  const reports = async (): Promise<Body<ReportEvent>[]> => (await probe.events(TOPICS.reports)).flatMap(({ body }) => body ?? []);

  const answer = async (orderId: string, row: number): Promise<Body<ReportEvent>> => {
    const answers = (all: Body<ReportEvent>[]): Body<ReportEvent> | undefined =>
      all.findLast((body) => body.$case !== 'rowProgressed' && body.value.orderId === orderId && body.value.row === row);
    const all = await until(reports, (seen) => answers(seen) !== undefined, { withinMs: 20_000 });
    return answers(all) as Body<ReportEvent>;
  };

  const unexpected = (body: Body<ReportEvent>): Error =>
    new Error(
      `unexpected answer ${body.$case}: ${JSON.stringify(body.value, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
    );

  return {
    receipt: async (orderId, row) => {
      const body = await answer(orderId, row);
      if (body.$case !== 'rowReported') throw unexpected(body);
      return body.value;
    },
    refusal: async (orderId, row) => {
      const body = await answer(orderId, row);
      if (body.$case !== 'rowRefused') throw unexpected(body);
      return body.value;
    },
    reports,
  };
};

/** Starts the fake with the suite's probe; stops it at the end of the suite. */
export const fakeEnforcement = async (probe: KafkaProbe): Promise<FakeEnforcement> => {
  const fences: StandingFence[] = [];
  const sent: EnforcementEvent[] = [];
  const sequences = new Map<string, bigint>();
  const files = new Map<string, Uint8Array>();
  const listing = { listFences: async () => ({ fences: [...fences] }) };
  const owner = fakeOwner(probe);
  const { address } = await fakeNeighbour(EnforcementServiceDefinition, listing, fileService(files), owner.service);

  const send = async (institution: string, orderId: string, body: Body<EnforcementEvent>): Promise<void> => {
    const sequence = (sequences.get(institution) ?? 0n) + 1n;
    sequences.set(institution, sequence);
    const event: EnforcementEvent = { meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence, orderId }, body };
    sent.push(event);
    owner.remember(TOPICS.enforcement, event);
    await probe.publish(TOPICS.enforcement, event);
  };

  return {
    address,
    owner,
    fences,
    files,
    issue: ({ orderId, scope, rows, ...more }) =>
      send(scope.institution, orderId, {
        $case: 'orderIssued',
        value: sealed(
          OrderIssued.fromPartial({
            orderId,
            documentNo: `辽人社鉴处〔2026〕${orderId}号`,
            epoch: 1n,
            signedAt: new Date(),
            ...more,
            scope,
            rows: rowsOf(rows, false),
          }),
        ),
      }),
    lift: ({ orderId, scope, rows, epoch, partial = false }) =>
      send(scope.institution, orderId, {
        $case: 'orderLifted',
        value: sealed(
          OrderLifted.fromPartial({
            orderId,
            documentNo: `辽人社鉴处〔2026〕${orderId}号解除`,
            reason: '复议撤销',
            epoch: epoch ?? 9n,
            liftedAt: new Date(),
            scope,
            partial,
            rows: rowsOf(rows, true),
          }),
        ),
      }),
    release: (institution, orderId, row) =>
      send(institution, orderId, { $case: 'rowReleased', value: RowReleased.fromPartial({ orderId, row, afterRoot: Buffer.alloc(32) }) }),
    complete: (institution, orderId, lifted = false) =>
      send(
        institution,
        orderId,
        sealedNotice({ $case: 'orderCompleted', value: OrderCompleted.fromPartial({ orderId, completedAt: new Date(), lifted }) }),
      ),
    reopen: (institution, orderId, rows) =>
      send(
        institution,
        orderId,
        sealedNotice({ $case: 'orderReopened', value: OrderReopened.fromPartial({ orderId, rows, reopenedAt: new Date() }) }),
      ),
    repeat: () => probe.publish(TOPICS.enforcement, ...sent),
    ...replyBox(probe),
  };
};
