// What enforcement decides about several orders by its own rules (apps/enforcement/test/several-orders tests those rules). The decisions
// are sealed and published for a service: the service and the model consume the same messages.
import type { Notice } from '@hengji/contracts';
import { OrderCompleted, OrderIssued, OrderLifted, RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { Scope, type Measure, type RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { sealed, sealedNotice } from '@hengji/testing';
import type { ParticipantServiceImplementation } from '@hengji/contracts/enforcement/v1/participant_service';
import type { SqlDb } from '@hengji/messaging';
import type { ScopeRecord } from '../src';
import { askOf, CALL } from './fixture';
import { SeveralOrder, type ModelRow, type ModelScope, type SeveralPaper } from './several-model';

export interface ServiceUnderTest {
  readonly db: SqlDb;
  readonly chunk: number;
  now(): Date;
  tick(): void;
  readonly server: ParticipantServiceImplementation;
  hear(name: string, event: unknown): Promise<void>;
  /** Runs one chunk of this task and of no other. */
  work(taskId: string): Promise<void>;
  /** Whether each record could be made now. */
  permits(institution: string, records: readonly ScopeRecord[]): Promise<boolean[]>;
}

interface Lifting {
  readonly number: number;
  readonly scope: ModelScope;
  readonly whole: boolean;
  readonly hasM1: boolean;
  isOpen: boolean;
}

/** An order as enforcement stores it. */
export interface Decided {
  readonly order: SeveralOrder;
  readonly measures: readonly Measure[];
  readonly supersedes: Decided | undefined;
  isReplaced: boolean;
  isIssued: boolean;
  isCarriedOut: boolean;
  isOpen: boolean;
  isStayed: boolean;
  readonly liftings: Lifting[];
}

export interface Message {
  readonly text: string;
  readonly name: string;
  readonly event: unknown;
  readonly toModel: () => void;
}

export const SESSIONS = ['s0', 's1', 's2'];
const ALL: ModelScope = { sessions: [], papers: [] };
const MOST_ORDERS = 5;

export class SeveralDecisions {
  readonly steps: string[] = [];
  protected readonly institution: string;
  protected readonly papers = new Map<string, SeveralPaper>();
  protected readonly decided: Decided[] = [];
  protected readonly bus: Message[] = [];
  protected readonly heard: Message[] = [];
  protected readonly left: string[] = [];
  protected epoch = 0n;

  constructor(
    protected readonly service: ServiceUnderTest,
    protected readonly seed: number,
    protected readonly pick: (below: number) => number,
  ) {
    this.institution = `S000021${String(seed).padStart(6, '0')}`;
  }

  protected one = <T>(list: readonly T[]): T => list[this.pick(list.length)] as T;
  protected some = <T>(list: readonly T[]): T[] => list.filter(() => this.pick(2) === 0);

  protected wire = ({ sessions, papers }: ModelScope): Scope =>
    Scope.fromPartial({ institution: this.institution, sessions: [...sessions], certificates: [...papers] });

  protected send(text: string, name: string, event: unknown, toModel: () => void): void {
    this.steps.push(`say ${text}`);
    this.bus.push({ text, name, event, toModel });
  }
  protected notice(text: string, notice: Notice, toModel: () => void): void {
    this.send(text, notice.$case, sealedNotice(notice).value, toModel);
  }

  protected ask(row: ModelRow, root: Uint8Array = Buffer.of()): RowAsk {
    const measure = row.effect === 'HOLD_ISSUING' ? 'STOP_EVALUATION' : 'VOID_CERTIFICATES';
    const { number, undoes, after, signed } = row;
    const asked = { measure, undo: undoes > 0, undoesRow: undoes, afterRow: after, signedCount: BigInt(signed.length) } as const;
    return askOf(number, row.effect, { ...asked, signedRoot: undoes > 0 ? Buffer.of() : Buffer.from(root) });
  }

  protected open = (row: Pick<ModelRow, 'number' | 'effect' | 'scope'> & Partial<ModelRow>): ModelRow => ({
    ...{
      lifting: 0,
      undoes: 0,
      after: 0,
      narrowed: false,
      signed: [],
      state: 'UNKNOWN',
      attempt: 0,
      cursor: '',
      matched: 0,
      reopenedAt: null,
    },
    ...row,
  });

  protected async preview(order: SeveralOrder, rows: readonly ModelRow[], orderId = ''): Promise<Map<number, Uint8Array>> {
    const asked = { orderId, scope: this.wire(order.scope), rows: rows.map((row) => this.ask(row)) };
    const { rows: previews } = await this.service.server.preview(asked as never, CALL);
    return new Map((previews ?? []).map((one) => [one.row ?? 0, one.root ?? Buffer.of()]));
  }

  protected async sign(): Promise<void> {
    if (this.decided.length >= MOST_ORDERS) return;
    const hasM1 = this.pick(2) === 0;
    const narrowings: ModelScope[] = [ALL, { ...ALL, sessions: this.some(SESSIONS) }];
    const scope = this.one(hasM1 ? narrowings : [...narrowings, { ...ALL, papers: this.some([...this.papers.keys()]) }]);
    const order = new SeveralOrder(
      { id: `${this.seed}-o${this.decided.length + 1}`, epoch: (this.epoch += 1n), scope, hasM1 },
      this.papers,
    );
    const supersedes = this.one([undefined, ...this.decided.filter((old) => this.isStanding(old) && !old.isReplaced)]);
    if (supersedes) supersedes.isReplaced = true;
    if (hasM1) order.rows.push(this.open({ number: 1, effect: 'HOLD_ISSUING', scope }));
    order.rows.push(this.open({ number: order.rows.length + 1, effect: 'VOID_CERTIFICATES', scope, signed: order.bound(false) }));
    const measures: Measure[] = [...(hasM1 ? (['STOP_EVALUATION'] as const) : []), 'CANCEL_RESULTS', 'VOID_CERTIFICATES'];
    const roots = await this.preview(order, order.rows);
    const state = { isReplaced: false, isIssued: false, isCarriedOut: false, isOpen: true, isStayed: false, liftings: [] };
    const decided: Decided = { order, measures, supersedes, ...state };
    this.decided.push(decided);
    this.steps.push(`sign ${order.id} ${measures.join('+')} ${JSON.stringify(scope)} for ${supersedes?.order.id}`);
    const issued = sealed({
      ...OrderIssued.fromPartial({ orderId: order.id, documentNo: `文${order.id}`, signedAt: this.service.now(), epoch: order.epoch }),
      ...{ scope: this.wire(scope), measures, rows: order.rows.map((row) => this.ask(row, roots.get(row.number))) },
    });
    this.announcements.set(order, { roots, issued });
    if (this.pick(4) > 0) await this.fence(decided);
  }
  protected readonly announcements = new Map<SeveralOrder, { roots: Map<number, Uint8Array>; issued: OrderIssued }>();

  /** By gRPC: before the order is issued, or long after. */
  protected async fence({ order }: Decided): Promise<void> {
    this.steps.push(`fence ${order.id}`);
    const { id: orderId, epoch, scope, hasM1: standing } = order;
    await this.service.server.fence({ orderId, epoch, scope: this.wire(scope), standing, restate: false, signedAt: undefined }, CALL);
    order.place();
  }

  protected isStanding = ({ isCarriedOut, liftings }: Decided): boolean => isCarriedOut && !liftings.some(({ whole }) => whole);
  protected openLifting = ({ liftings }: Decided): Lifting | undefined => liftings.find(({ isOpen }) => isOpen);
  protected own = ({ order }: Decided): ModelRow[] => order.rows.filter(({ lifting }) => lifting === 0);
  protected inForce = (decided: Decided): ModelRow[] => {
    const number = this.openLifting(decided)?.number ?? 0;
    return decided.order.rows.filter(({ lifting }) => lifting === number);
  };
  /** No message to the service is in flight, so that the service and enforcement have the same state. */
  protected isQuiet = ({ order }: Decided): boolean => !this.bus.some(({ text }) => text.startsWith(`${order.id} `));

  protected issue(decided: Decided): void {
    const { order } = decided;
    const announced = this.announcements.get(order);
    if (decided.isIssued || decided.isStayed || !announced) return;
    decided.isIssued = true;
    this.send(`${order.id} issued`, 'orderIssued', announced.issued, () => {
      order.place();
      order.ask(0);
    });
  }

  protected async counted(decided: Decided, rows: readonly ModelRow[], scope: ModelScope): Promise<string[]> {
    const { order, isStayed } = decided;
    const lifted = decided.liftings.map((lifting) => ({
      ...{ scope: this.wire(lifting.scope) },
      rows: order.rows.filter((row) => row.lifting === lifting.number).map(({ undoes }) => undoes),
    }));
    const asked = { orderId: order.id, scope: this.wire(scope), rows: rows.map((row) => this.ask(row)), lifted, suspended: isStayed };
    const { rows: counts } = await this.service.server.countResidual(asked as never, CALL);
    const got = (counts ?? []).flatMap(({ row, sample }) => (sample ?? []).map((id) => `${row} ${id}`));
    const expected = rows.flatMap((row) => order.residual(row, isStayed).map((id) => `${row.number} ${id}`));
    if (got.join() !== expected.join()) throw new Error(`counted of ${order.id}: [${got.join()}], by the model [${expected.join()}]`);
    return got;
  }

  /** Every row is done and nothing is residual: the order, or the running lifting, is completed; the order that it replaces is lifted. */
  protected async complete(decided: Decided): Promise<void> {
    const { order } = decided;
    const lifting = this.openLifting(decided);
    const isAtWork = lifting !== undefined || (decided.isIssued && decided.isOpen && !decided.isStayed);
    if (!isAtWork || !this.inForce(decided).every(({ state }) => state === 'DONE')) return;
    this.steps.push(`count ${order.id}`);
    if ((await this.counted(decided, this.inForce(decided), lifting?.scope ?? order.scope)).length > 0) return;
    if (lifting) lifting.isOpen = false;
    else Object.assign(decided, { isOpen: false, isCarriedOut: true });
    if (lifting?.whole) decided.isStayed = false;
    const value = OrderCompleted.fromPartial({
      ...{ orderId: order.id, completedAt: this.service.now(), lifted: lifting !== undefined },
      ...{ lifting: lifting?.number ?? 0, partial: lifting !== undefined && !lifting.whole },
    });
    const number = lifting?.number ?? 0;
    this.notice(`${order.id} completed ${number}`, { $case: 'orderCompleted', value }, () =>
      order.complete(number, lifting?.whole ?? false),
    );
    for (const [old, successor] of this.decided.flatMap((one) => (one.supersedes ? [[one.supersedes, one] as const] : [])))
      if (this.isStanding(successor) && !successor.isOpen && !successor.isStayed)
        this.lift(old, { scope: old.order.scope, isM1Alone: false });
  }

  protected lift(decided: Decided, { scope, isM1Alone }: { scope: ModelScope; isM1Alone: boolean }): void {
    const { order, liftings } = decided;
    const isIdle = this.own(decided).every(({ state }) => state === 'DONE' || state === 'REFUSED');
    if (!this.isStanding(decided) || this.openLifting(decided) || !isIdle || !this.isQuiet(decided)) return;
    const narrowed = JSON.stringify(scope) !== JSON.stringify(order.scope);
    // A repeated lifting of the same part is refused, and so is one of the whole order.
    const isM1Lifted = liftings.some(
      (past) => past.hasM1 && [scope, order.scope].some((one) => JSON.stringify(one) === JSON.stringify(past.scope)),
    );
    const hasM1 = order.hasM1 && !isM1Lifted && scope.papers.length === order.scope.papers.length;
    if (isM1Alone && !hasM1) return;
    const number = liftings.length + 1;
    const first = order.rows.length;
    const own = this.own(decided).filter(({ effect }) => (effect === 'HOLD_ISSUING' ? hasM1 : !isM1Alone));
    const voiding = own.findIndex(({ effect }) => effect === 'VOID_CERTIFICATES');
    const rows = own.map(({ number: undoes, effect }, i) =>
      this.open({
        ...{ number: first + i + 1, effect, undoes, lifting: number, scope, narrowed },
        after: effect === 'HOLD_ISSUING' && voiding >= 0 ? first + voiding + 1 : 0,
      }),
    );
    order.rows.push(...rows);
    const whole = !isM1Alone && !narrowed;
    liftings.push({ number, scope, whole, hasM1, isOpen: true });
    const event = sealed({
      ...OrderLifted.fromPartial({
        orderId: order.id,
        documentNo: `解${order.id}/${number}`,
        reason: '判决',
        liftedAt: this.service.now(),
      }),
      ...{ epoch: (this.epoch += 1n), scope: this.wire(scope), rows: rows.map((row) => this.ask(row)), lifting: number, partial: !whole },
    });
    this.send(`${order.id} lifted ${number} ${JSON.stringify(scope)}${isM1Alone ? ' M1 alone' : ''}`, 'orderLifted', event, () =>
      order.ask(number),
    );
  }

  protected liftSome(decided: Decided): void {
    const { scope } = decided.order;
    // An empty list means the order's own list.
    const within = (whole: readonly string[], all: readonly string[]): readonly string[] => {
      const part = this.some(whole.length > 0 ? whole : all);
      return part.length > 0 ? part : whole;
    };
    const sessions = { ...scope, sessions: within(scope.sessions, SESSIONS) };
    const papers = { ...scope, papers: within(scope.papers, [...this.papers.keys()]) };
    this.lift(decided, { scope: this.one([scope, sessions, papers]), isM1Alone: this.pick(3) === 0 });
  }

  /** Releases a row whose turn has come, or that was refused; a row that may change other records than were signed is confirmed anew. */
  protected async release(decided: Decided): Promise<void> {
    const { order } = decided;
    const isReady = ({ state, after }: ModelRow): boolean =>
      state === 'REFUSED' || (state === 'WAITING' && order.rows.some((row) => row.number === after && row.state === 'DONE'));
    const row = this.inForce(decided).find(isReady);
    if (!row || !this.isQuiet(decided)) return;
    const isConfirmed = row.state === 'REFUSED' && row.undoes === 0;
    const confirmed = isConfirmed ? order.bound(true) : undefined;
    let event = RowReleased.fromPartial({ orderId: order.id, row: row.number });
    const announced = this.announcements.get(order);
    if (confirmed && announced) {
      const live = await this.preview(order, [row], order.id);
      announced.roots.set(row.number, live.get(row.number) ?? Buffer.of());
      const rows = this.own(decided).map((one) =>
        this.ask(one === row ? { ...one, signed: confirmed } : one, announced.roots.get(one.number)),
      );
      const { seal } = sealed({ ...announced.issued, rows });
      const signedRoot = Buffer.from(announced.roots.get(row.number) ?? []);
      event = { ...event, reconfirmed: true, signedCount: BigInt(confirmed.length), signedRoot, seal };
    }
    this.send(`${order.id} released ${row.number}`, 'rowReleased', event, () => order.release(row, confirmed));
  }
}
