// The moves of people, services and the driver on the orders of the model. Each move returns the reason of its refusal, or
// '' when it was made. The events of a move are recorded in the order in which enforcement must publish them.
import { isHold, SERVICES, type Service } from '../../src/domain/cascade';
import type { Order } from '../../src/domain/order';
import type { ModelOrder, ModelRow, Part } from './model';
import { PATIENCE_MS } from './world';

/** The environment of the driver. */
interface Met {
  readonly away: ReadonlySet<Service>;
  readonly strayed: ReadonlySet<string>;
  readonly now: Date;
}

export type Said = 'done' | 'as before the reopening' | 'otherwise' | 'refused' | 'under another epoch';

export class Model {
  readonly orders = new Map<string, ModelOrder>();
  readonly told: string[] = [];
  private readonly epochs = new Map<string, bigint>();

  get(id: string): ModelOrder {
    const order = this.orders.get(id);
    if (!order) throw new Error(`the model has no order ${id}`);
    return order;
  }

  /** The table decides which rows a decision opens; the model tracks their states. */
  learn(order: Order): void {
    const model = this.get(order.id);
    const isDecided = (lifting: number): boolean => lifting === 0 || model.liftings.some(({ number }) => number === lifting);
    for (const { number, lifting, target, afterRow: after } of order.rows.slice(model.rows.length)) {
      const state = lifting > 0 && after === 0 ? 'ASKED' : 'WAITING';
      if (isDecided(lifting))
        model.rows.push({ number, lifting, service: target.service, after, isHold: isHold(target.effect), state, doubted: false });
    }
  }

  private tell = ({ id }: ModelOrder, what: string): void => void this.told.push(`${id} ${what}`);
  private nextEpoch(institution: string): bigint {
    const epoch = (this.epochs.get(institution) ?? 0n) + 1n;
    this.epochs.set(institution, epoch);
    return epoch;
  }
  private mayReplace = ({ supersedes, institution }: ModelOrder): boolean =>
    supersedes === '' || this.get(supersedes).isReplaceable(institution);

  draft(order: ModelOrder): string {
    if (!this.mayReplace(order)) return 'order.supersedes_invalid';
    this.orders.set(order.id, order);
    return '';
  }

  preview(order: ModelOrder, { away }: Met): string {
    if (order.state !== 'DRAFT' && order.state !== 'PREVIEWED') return 'order.illegal_move';
    if (order.rows.some(({ service }) => away.has(service))) return 'order.preview_unavailable';
    order.state = 'PREVIEWED';
    return '';
  }

  sign(order: ModelOrder, { away, now }: Met): string {
    if (order.state === 'DRAFT') return 'order.not_previewed';
    if (order.state !== 'PREVIEWED') return 'order.illegal_move';
    if (order.rows.some(({ service }) => away.has(service))) return 'order.preview_unavailable';
    if (!this.mayReplace(order)) return 'order.supersedes_invalid';
    if (order.supersedes !== '') this.get(order.supersedes).supersededBy = order.id;
    Object.assign(order, { state: 'SIGNED', signedAt: now, epoch: this.nextEpoch(order.institution) });
    return '';
  }

  suspend(order: ModelOrder): string {
    if (!order.mayBeStayed() || order.stayed) return 'order.illegal_move';
    order.stayed = true;
    this.tell(order, `orderSuspended ${order.carriedOut ? 'carried out' : 'at work'}`);
    return '';
  }

  resume(order: ModelOrder): string {
    if (!order.mayBeStayed() || !order.stayed) return 'order.illegal_move';
    Object.assign(order, { stayed: false, lacksProof: false });
    if (order.state === 'SIGNED' && order.isFenced()) this.issue(order);
    this.tell(order, 'orderResumed');
    this.replaceAround(order);
    return '';
  }

  lift(order: ModelOrder, asked: Part, supersedes = false): string {
    if (order.state !== 'COMPLETED' && order.state !== 'EXECUTING') return 'order.illegal_move';
    if (order.open()) return 'order.lifting_open';
    if (!order.isLiftable()) return 'order.illegal_move';
    const part = order.part(asked);
    if (typeof part === 'string') return part;
    const [number, whole, epoch] = [order.liftings.length + 1, order.isWhole(part), this.nextEpoch(order.institution)];
    order.liftings.push({ ...part, number, whole, epoch, supersedes, isOpen: true });
    if (whole) order.state = 'LIFTING';
    this.tell(order, `orderLifted ${number}`);
    return '';
  }

  retry(order: ModelOrder, number: number): string {
    if (!['EXECUTING', 'COMPLETED', 'LIFTING'].includes(order.state)) return 'order.illegal_move';
    const row = order.rows.find((one) => one.number === number);
    if (!row || !(order.inForce().includes(row) || row.doubted)) return 'row.unknown';
    if (!order.retryable().includes(row)) return 'row.not_refused';
    Object.assign(row, { state: 'ASKED', doubted: false });
    this.tell(order, `rowReleased ${number}`);
    return '';
  }

  /** A report is never refused to its sender; a report that fits no row is kept aside. */
  report(order: ModelOrder, row: ModelRow, said: Said): void {
    const isAsked = row.state === 'ASKED' || row.state === 'REFUSED';
    if (said === 'otherwise' && row.state === 'DONE') row.doubted ||= order.isAtWork();
    if (said === 'refused' && isAsked) {
      row.state = 'REFUSED';
      this.replaceAround(order);
    }
    // Before its turn, or under an epoch that is not the decision's: the row shows the dispute and is still requested in
    // its turn.
    if (said === 'under another epoch' || (said === 'done' && row.state === 'WAITING')) row.doubted ||= row.state !== 'DONE';
    if (said !== 'done' || !isAsked) return;
    Object.assign(row, { state: 'DONE', doubted: false });
    order.lacksProof = false;
    for (const next of order.rows.filter(({ after, state }) => after === row.number && state === 'WAITING')) {
      Object.assign(next, { state: 'ASKED', doubted: false });
      this.tell(order, `rowReleased ${next.number}`);
    }
    this.replaceAround(order);
  }

  drive(order: ModelOrder, met: Met): void {
    if (order.signedAt === null) return;
    for (const service of SERVICES) if (!met.away.has(service)) order.fenced.add(service);
    const isPatient = met.now.getTime() - order.signedAt.getTime() < PATIENCE_MS;
    if (order.state === 'SIGNED' && !order.stayed && (order.isFenced() || !isPatient)) this.issue(order);
    while (this.isZero(order, met)) this.complete(order);
  }

  sweep(order: ModelOrder, { away, strayed }: Met): void {
    if (!order.isClosed()) return;
    const counted = order.rows.filter(({ lifting }) => order.state === 'COMPLETED' || lifting > 0);
    const concerned = counted.filter(({ number, service }) => strayed.has(`${order.id}/${number}`) && !away.has(service));
    if (concerned.length === 0) return;
    // The order itself first; of the liftings, one decision at a time.
    const first = Math.min(...concerned.map(({ lifting }) => lifting));
    const asked = concerned.filter(({ lifting }) => lifting === first);
    for (const row of asked) Object.assign(row, { state: 'ASKED', doubted: false });
    for (const lifting of order.liftings) if (lifting.number === first) lifting.isOpen = true;
    if (order.state === 'LIFTED') order.state = 'LIFTING';
    if (first === 0) order.state = 'EXECUTING';
    this.tell(order, `orderReopened ${asked.map(({ number }) => number).join(',')}`);
  }

  private issue(order: ModelOrder): void {
    order.state = 'EXECUTING';
    for (const row of order.rows) if (row.after === 0) Object.assign(row, { state: 'ASKED', doubted: false });
    this.tell(order, 'orderIssued');
  }

  /**
   * No required row is open, silent or strayed. Among the other rows no receipt is disputed, except for rows that were
   * refused and are no longer required.
   */
  private isZero(order: ModelOrder, { away, strayed }: Met): boolean {
    const inForce = order.inForce();
    const isOpen = ({ state, doubted, service, number }: ModelRow): boolean =>
      state !== 'DONE' || doubted || away.has(service) || strayed.has(`${order.id}/${number}`);
    if (!order.isAtWork() || !order.isFenced() || order.lacksProof) return false;
    // The rows of a new lifting are not requested yet.
    if (inForce.length === 0 || inForce.some(isOpen)) return false;
    const unproven = order.rows.filter((row) => row.state === 'ASKED' && !inForce.includes(row));
    for (const row of unproven) row.doubted = true;
    order.lacksProof = unproven.length > 0;
    return !order.lacksProof;
  }

  private complete(order: ModelOrder): void {
    const lifting = order.open();
    if (!lifting) Object.assign(order, { state: 'COMPLETED', carriedOut: true });
    else if (lifting.whole || order.state === 'LIFTING') Object.assign(order, { state: 'LIFTED', stayed: false });
    if (lifting) lifting.isOpen = false;
    this.tell(order, `orderCompleted ${lifting?.number ?? 0}`);
    this.replaceAround(order);
  }

  /**
   * In the same transaction as the change that puts the later order in its place or leaves nothing of the earlier one in
   * progress.
   */
  private replaceAround(order: ModelOrder): void {
    if (order.supersededBy !== '') this.replace(order, this.get(order.supersededBy));
    if (order.supersedes !== '') this.replace(this.get(order.supersedes), order);
  }

  /** The earlier order ends when the later one is in its place and nothing of the earlier one is in progress. */
  private replace(old: ModelOrder, successor: ModelOrder): void {
    const isDue = old.supersededBy === successor.id && successor.isInPlace() && old.isLiftable() && !old.open();
    if (!isDue) return;
    this.lift(old, { sessions: [], measures: [] }, true);
    this.replaceAround(old);
  }
}
