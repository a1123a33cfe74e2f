// What orders do to one record: a small reference model of the rules in HOLDS.md.
interface Claim {
  readonly order: string;
  /** What to restore when no order claims the record; empty: an earlier claim has the value. */
  before: string;
}

/** A record, its claims in order of arrival, and the order that owns it. */
export class Paper {
  state = 'ISSUED';
  by: string | null = null;
  claims: Claim[] = [];
  claim(order: string): void {
    const moved = this.state !== 'VOID' ? this.state : '';
    const mine = this.claims.find((claim) => claim.order === order);
    if (!mine) this.claims.push({ order, before: moved });
    // Claimed before, and moved only now: the record had strayed.
    else if (mine.before === '') mine.before = moved;
    if (moved) [this.state, this.by] = ['VOID', order];
  }
  /** The state that the lift would have restored, if the record was left. */
  lift(order: string): string | undefined {
    const mine = this.claims.find((claim) => claim.order === order);
    if (!mine) return undefined;
    this.claims = this.claims.filter((claim) => claim !== mine);
    if (mine.before === '') return undefined;
    if (this.state !== 'VOID') return mine.before;
    const [heir] = this.claims;
    this.by = heir?.order ?? null;
    if (!heir) this.state = mine.before;
    else if (heir.before === '') heir.before = mine.before;
    return undefined;
  }
}
