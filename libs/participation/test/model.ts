// What orders do to one record, in words that are short enough to be right by reading them: the rule of HOLDS.md, word by word.
interface Claim {
  readonly order: string;
  /** What to restore when nobody claims it; empty: an earlier claim will say. */
  before: string;
}

/** A record, its claims in the order in which they came, and whose it is. */
export class Paper {
  state = 'ISSUED';
  by: string | null = null;
  claims: Claim[] = [];
  claim(order: string): void {
    const moved = this.state !== 'VOID' ? this.state : '';
    const mine = this.claims.find((claim) => claim.order === order);
    if (!mine) this.claims.push({ order, before: moved });
    // Claimed before, and moved only now: the record had strayed meanwhile.
    else if (mine.before === '') mine.before = moved;
    if (moved) [this.state, this.by] = ['VOID', order];
  }
  /** What it would have been, when it was left. */
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
