// A model of several orders of an institution, short enough to be checked by reading (docs/REVERSAL.md). It has the state
// of each order, its open parts, its hold, its allowed actions, and its published events. The model uses only
// enforcement's types and its table of measures.
import { SERVICES, type Measure, type Service } from '../../src/domain/cascade';
import type { OrderAction, OrderState } from '../../src/domain/order';

export interface ModelRow {
  readonly number: number;
  readonly lifting: number;
  readonly service: Service;
  readonly after: number;
  readonly isHold: boolean;
  state: 'WAITING' | 'ASKED' | 'DONE' | 'REFUSED';
  doubted: boolean;
}

interface ModelLifting {
  readonly number: number;
  readonly measures: readonly Measure[];
  readonly sessions: readonly string[];
  readonly whole: boolean;
  readonly epoch: bigint;
  readonly supersedes: boolean;
  isOpen: boolean;
}

/** `sessions`: empty means the whole institution. */
export interface Part {
  readonly sessions: readonly string[];
  readonly measures: readonly Measure[];
}

const INDIVISIBLE: readonly Measure[] = ['RECTIFY'];
const NEEDS: Partial<Record<Measure, readonly Measure[]>> = {
  CANCEL_RESULTS: ['VOID_CERTIFICATES'],
  VOID_CERTIFICATES: ['WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'],
};
const lies = (inner: readonly string[], outer: readonly string[]): boolean =>
  outer.length === 0 || (inner.length > 0 && inner.every((one) => outer.includes(one)));
const same = (a: readonly string[], b: readonly string[]): boolean => lies(a, b) && lies(b, a);

export class ModelOrder {
  state: OrderState = 'DRAFT';
  rows: ModelRow[] = [];
  readonly liftings: ModelLifting[] = [];
  readonly fenced = new Set<Service>();
  signedAt: Date | null = null;
  epoch: bigint | null = null;
  /** True from the first completion on, whatever came later. */
  carriedOut = false;
  stayed = false;
  supersededBy = '';
  /** Counted to zero, but not completed because a receipt is disputed: counted again when a receipt comes. */
  lacksProof = false;

  constructor(
    readonly id: string,
    readonly institution: string,
    readonly scope: Part,
    readonly supersedes: string,
  ) {}

  open = (): ModelLifting | undefined => this.liftings.find(({ isOpen }) => isOpen);
  /**
   * The rows that must be done: those of a lifting while it is in progress or the order is LIFTED, else those of the
   * order.
   */
  inForce(): ModelRow[] {
    const lifting = this.open() ?? (this.state === 'LIFTED' ? this.liftings.at(-1) : undefined);
    return this.rows.filter((row) => row.lifting === (lifting?.number ?? 0));
  }
  /** While a court stays the order, only a lifting continues. */
  isAtWork = (): boolean => this.open() !== undefined || (this.state === 'EXECUTING' && !this.stayed);
  private stands = (): boolean => this.carriedOut && (this.state === 'COMPLETED' || this.state === 'EXECUTING');
  isLiftable = (): boolean =>
    this.stands() && !this.rows.some(({ lifting, state }) => lifting === 0 && (state === 'ASKED' || state === 'WAITING'));
  isReplaceable = (institution: string): boolean => this.institution === institution && this.supersededBy === '' && this.stands();
  /** Carried out, and no court stays it; or replaced in its turn. */
  isInPlace = (): boolean => (this.state === 'COMPLETED' && !this.stayed) || this.liftings.some(({ supersedes }) => supersedes);
  isClosed = (): boolean => ['COMPLETED', 'LIFTED'].includes(this.state) && !this.open() && !this.stayed;
  retryable = (): ModelRow[] =>
    this.rows.filter((row) => row.state !== 'WAITING' && (row.doubted || (row.state === 'REFUSED' && this.inForce().includes(row))));

  private inForceAt = (measure: Measure, sessions: readonly string[]): boolean =>
    this.scope.measures.includes(measure) &&
    !this.liftings.some((past) => past.measures.includes(measure) && lies(sessions, past.sessions));

  /** The part that the lifting gives back, or the reason why it is refused. */
  part(asked: Part): Part | string {
    const { scope } = this;
    if (!lies(asked.sessions.length > 0 ? asked.sessions : scope.sessions, scope.sessions)) return 'order.lift_outside';
    const named = asked.sessions.length > 0 ? asked.sessions : scope.sessions;
    const isDivided = (measure: Measure): boolean => INDIVISIBLE.includes(measure) && !same(named, scope.sessions);
    for (const measure of asked.measures) {
      if (!scope.measures.includes(measure)) return 'order.lift_outside';
      if (!this.inForceAt(measure, named)) return 'order.lifted_already';
      if (isDivided(measure)) return 'order.lift_indivisible';
    }
    const free = scope.measures.filter((measure) => this.inForceAt(measure, named) && !isDivided(measure));
    const measures = asked.measures.length > 0 ? asked.measures : free;
    if (measures.length === 0) return 'order.lifted_already';
    const standing = measures.flatMap((measure) => NEEDS[measure] ?? []).filter((needed) => !measures.includes(needed));
    return standing.some((needed) => this.inForceAt(needed, named)) ? 'order.lift_needs' : { sessions: named, measures };
  }

  isWhole = ({ sessions, measures }: Part): boolean =>
    same(sessions, this.scope.sessions) &&
    this.scope.measures.every((measure) => measures.includes(measure) || !this.inForceAt(measure, this.scope.sessions));

  /**
   * From the signature until the order is carried out; with M1 until M1 is lifted in the whole scope and the service has
   * done that row.
   */
  isHeldAt(service: Service): boolean {
    if (this.signedAt === null || this.state === 'LIFTED') return false;
    if (!this.carriedOut) return true;
    if (!this.scope.measures.includes('STOP_EVALUATION')) return false;
    const ending = this.liftings.filter((one) => one.measures.includes('STOP_EVALUATION') && same(one.sessions, this.scope.sessions));
    const hasLetGo = (number: number): boolean =>
      this.rows.some((row) => row.lifting === number && row.service === service && row.isHold && row.state === 'DONE');
    return !ending.some(({ number, isOpen }) => !isOpen || hasLetGo(number));
  }

  /** The buttons that people see. */
  mayBe(): OrderAction[] {
    const lift = this.isLiftable() && !this.open();
    const isDraft = this.state === 'DRAFT' || this.state === 'PREVIEWED';
    const may: Partial<Record<OrderAction, boolean>> = {
      ...{ edit: isDraft, discard: isDraft },
      preview: isDraft,
      sign: this.state === 'PREVIEWED',
      retry: ['EXECUTING', 'COMPLETED', 'LIFTING'].includes(this.state) && this.retryable().length > 0,
      ...{ lift, liftPart: lift, sweep: this.isClosed() },
      suspend: this.mayBeStayed() && !this.stayed,
      resume: this.mayBeStayed() && this.stayed,
    };
    return (Object.keys(may) as OrderAction[]).filter((action) => may[action]).sort();
  }
  mayBeStayed = (): boolean => ['SIGNED', 'EXECUTING', 'COMPLETED'].includes(this.state);
  isFenced = (): boolean => SERVICES.every((service) => this.fenced.has(service));
}
