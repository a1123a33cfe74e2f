// Reference model of several orders in one service with two effects (records void, M1's hold). It holds what the service consumed of each
// order, which rows are running, and which records the guard permits. The model is short enough to be checked by reading (HOLDS.md,
// REVERSAL.md).
import { Paper } from './model';

/** `sessions` and `papers`: empty = not narrowed by it. */
export interface ModelScope {
  readonly sessions: readonly string[];
  readonly papers: readonly string[];
}

export interface ModelRow {
  readonly number: number;
  readonly effect: 'HOLD_ISSUING' | 'VOID_CERTIFICATES';
  /** 0: the order's own row. */
  readonly lifting: number;
  readonly undoes: number;
  readonly after: number;
  readonly scope: ModelScope;
  readonly narrowed: boolean;
  /** The signed records, in order. */
  signed: readonly string[];
  state: 'UNKNOWN' | 'WAITING' | 'RUNNING' | 'DONE' | 'REFUSED';
  attempt: number;
  cursor: string;
  matched: number;
  reopenedAt: Date | null;
}

export class SeveralPaper extends Paper {
  /** Ended claims, with the row that ended each. */
  readonly ended: { readonly order: string; readonly before: string; readonly row: number; readonly left: boolean }[] = [];
  constructor(
    readonly id: string,
    readonly session: string,
  ) {
    super();
  }
  isClaimedBy = (order: string): boolean => this.claims.some((claim) => claim.order === order);
  wasClaimedBy = (order: string): boolean => this.isClaimedBy(order) || this.ended.some((claim) => claim.order === order);
  isIn = ({ sessions, papers }: ModelScope): boolean =>
    (sessions.length === 0 || sessions.includes(this.session)) && (papers.length === 0 || papers.includes(this.id));
  isEligible = (): boolean => ['ISSUED', 'EXPIRED', 'VOID'].includes(this.state);
  /** Restored by the row, and void again although no order demands it. */
  hasStrayedFrom = (order: string, row: number): boolean =>
    this.state === 'VOID' &&
    this.claims.length === 0 &&
    this.ended.some((claim) => claim.order === order && claim.row === row && claim.before !== '') &&
    !this.ended.some((claim) => claim.order === order && claim.left);
}

interface ModelHold {
  standing: boolean;
  released: boolean;
  paused: boolean;
  wasPaused: boolean;
  readonly except: ModelScope[];
}

export class SeveralOrder {
  hold: ModelHold | undefined;
  rests = false;
  private decidedAt: Date | null = null;
  readonly rows: ModelRow[] = [];
  readonly id: string;
  readonly epoch: bigint;
  readonly scope: ModelScope;
  readonly hasM1: boolean;
  constructor(
    order: Pick<SeveralOrder, 'id' | 'epoch' | 'scope' | 'hasM1'>,
    private readonly papers: ReadonlyMap<string, SeveralPaper>,
  ) {
    ({ id: this.id, epoch: this.epoch, scope: this.scope, hasM1: this.hasM1 } = order);
  }

  isHolding = (paper: SeveralPaper): boolean =>
    !!this.hold && !this.hold.released && !this.hold.paused && paper.isIn(this.scope) && !this.hold.except.some((part) => paper.isIn(part));

  place(): void {
    this.hold ??= { standing: this.hasM1, released: false, paused: false, wasPaused: false, except: [] };
  }
  private letGo(): void {
    if (this.hold && !this.hold.released) Object.assign(this.hold, { released: true, standing: false });
  }
  private except(part: ModelScope): void {
    if (this.hold && !this.hold.except.includes(part)) this.hold.except.push(part);
  }

  /** An order, or a lifting of it, is consumed: its rows are asked; rows that wait for no other row start at once. */
  ask(lifting: number): void {
    for (const row of this.rows.filter((one) => one.lifting === lifting && one.state === 'UNKNOWN')) {
      row.state = 'WAITING';
      if (row.after === 0) this.start(row);
    }
  }
  private start = (row: ModelRow): void => void Object.assign(row, { state: 'RUNNING', attempt: row.attempt + 1, cursor: '', matched: 0 });

  release(row: ModelRow, confirmed: readonly string[] | undefined): void {
    const isTakenBack = this.rows.some(({ undoes, narrowed, state }) => undoes === row.number && !narrowed && state !== 'UNKNOWN');
    if ((row.state !== 'WAITING' && row.state !== 'REFUSED') || isTakenBack) return;
    if (confirmed) row.signed = confirmed;
    this.start(row);
  }

  complete(lifting: number, whole: boolean): void {
    if (lifting === 0 && !this.hold?.standing) this.letGo();
    if (lifting > 0 && whole) this.letGo();
  }
  suspend(at: Date, isCarriedOut: boolean): void {
    if (this.decidedAt && this.decidedAt >= at) return;
    Object.assign(this, { rests: true, decidedAt: at });
    if (isCarriedOut && this.hold && !this.hold.released) Object.assign(this.hold, { paused: true, wasPaused: true });
  }
  resume(at: Date): void {
    if (this.decidedAt && this.decidedAt >= at) return;
    Object.assign(this, { rests: false, decidedAt: at });
    if (this.hold) this.hold.paused = false;
  }
  reopen(at: Date, numbers: readonly number[]): void {
    if (!this.decidedAt || this.decidedAt < at) {
      this.rests = false;
      if (this.hold) this.hold.paused = false;
    }
    for (const row of this.rows.filter(({ number, state }) => numbers.includes(number) && state === 'DONE')) {
      if (row.reopenedAt && row.reopenedAt >= at) continue;
      row.reopenedAt = at;
      this.start(row);
    }
  }

  /** Where the order does not block new records, it demands only what it has claimed. */
  private isDemanded(paper: SeveralPaper, isClaimed: boolean): boolean {
    if (!this.hold) return true;
    const { wasPaused, standing, released, except } = this.hold;
    const onlyClaimed = wasPaused || (!standing && released) || except.some((part) => paper.isIn(part));
    return isClaimed || !onlyClaimed;
  }
  private inScope = (): SeveralPaper[] => [...this.papers.values()].filter((paper) => paper.isIn(this.scope));
  /** The records that the row would be bound to, lifted or not. */
  bound = (isAgain: boolean): string[] =>
    this.inScope()
      .filter((paper) => paper.isEligible() && (!isAgain || this.isDemanded(paper, paper.wasClaimedBy(this.id))))
      .map(({ id }) => id);

  /** What differs from the row's demand; `isStayed`: suspended by a court, in enforcement's state. */
  residual(row: ModelRow, isStayed: boolean): string[] {
    const lifted = this.rows.filter(({ undoes }) => undoes === row.number);
    if (row.effect === 'HOLD_ISSUING') {
      const { hold } = this;
      const stands = hold && !hold.released;
      const isGone = !stands || (row.narrowed && hold.except.includes(row.scope));
      const isRight = lifted.some(({ narrowed }) => !narrowed) || (stands && hold.standing && (!hold.paused || isStayed));
      return (row.undoes > 0 ? isGone : isRight) ? [] : [`hold:${this.id}`];
    }
    const papers = [...this.papers.values()];
    if (row.undoes > 0)
      return papers
        .filter((paper) => paper.isIn(row.scope) && (paper.isClaimedBy(this.id) || paper.hasStrayedFrom(this.id, row.number)))
        .map(({ id }) => id);
    return this.inScope()
      .filter((paper) => ['ISSUED', 'EXPIRED'].includes(paper.state) && this.isDemanded(paper, paper.isClaimedBy(this.id)))
      .filter((paper) => !lifted.some(({ scope }) => paper.isIn(scope)))
      .map(({ id }) => id);
  }

  /** One chunk; `left` receives each record that a lifting left. */
  work(row: ModelRow, limit: number, left: (record: string) => void): void {
    if (row.undoes > 0) return this.undo(row, limit, left);
    if (this.rests) return;
    if (row.effect === 'HOLD_ISSUING') {
      this.place();
      Object.assign(this.hold ?? {}, { standing: true, released: false });
      row.state = 'DONE';
      return;
    }
    const isAgain = row.attempt > 1;
    if (row.cursor === '' && this.bound(isAgain).join() !== row.signed.join()) return void (row.state = 'REFUSED');
    const mine = (paper: SeveralPaper): boolean =>
      (paper.isClaimedBy(this.id) || !paper.wasClaimedBy(this.id)) && this.isDemanded(paper, paper.isClaimedBy(this.id));
    const chunk = this.inScope().filter((paper) => paper.id > row.cursor && paper.isEligible() && (!isAgain || mine(paper)));
    const worked = chunk.slice(0, limit);
    if (row.matched + worked.length > row.signed.length) return void (row.state = 'REFUSED');
    for (const paper of worked) paper.claim(this.id);
    this.goOn(row, worked, limit);
  }

  private undo(row: ModelRow, limit: number, left: (record: string) => void): void {
    const undone = this.rows.find(({ number }) => number === row.undoes);
    if (undone?.state === 'RUNNING' || undone?.state === 'WAITING') return void (row.state = 'REFUSED');
    if (row.effect === 'HOLD_ISSUING') {
      if (row.narrowed) this.except(row.scope);
      else this.letGo();
      row.state = 'DONE';
      return;
    }
    const isMine = (paper: SeveralPaper): boolean =>
      paper.isClaimedBy(this.id) || (row.attempt > 1 && paper.hasStrayedFrom(this.id, row.number));
    const chunk = [...this.papers.values()].filter((paper) => paper.id > row.cursor && paper.isIn(row.scope) && isMine(paper));
    const worked = chunk.slice(0, limit);
    for (const paper of worked) {
      const claim = paper.claims.find(({ order }) => order === this.id);
      if (!claim) {
        const given = paper.ended.find(({ order, row: by }) => order === this.id && by === row.number);
        Object.assign(paper, { state: given?.before, by: null });
        continue;
      }
      const { before } = claim;
      const would = paper.lift(this.id);
      paper.ended.push({ order: this.id, before, row: row.number, left: would !== undefined });
      if (would !== undefined) left(`${this.id} ${row.number} ${paper.id} ${would} ${paper.state}`);
    }
    this.goOn(row, worked, limit);
  }

  private goOn(row: ModelRow, worked: readonly SeveralPaper[], limit: number): void {
    row.matched += worked.length;
    if (worked.length < limit) row.state = 'DONE';
    else row.cursor = worked.at(-1)?.id ?? '';
  }
}
