// Named histories of several orders that once failed; the random histories found them.
import type { Measure } from '../../src/domain/cascade';
import { allowedActions, decisionOf, rowsInForce, type Order } from '../../src/domain/order';
import { DECIDER } from '../cases';
import { asked, DRAFTER, receiptOf, REQUEST as request } from '../orders';
import { severalOrders, type SeveralOrders } from './world';

const RULING = { request, actor: DECIDER, reason: '(2026)辽01行初1号' };
const SPOIL: Measure[] = ['CANCEL_RESULTS', 'VOID_CERTIFICATES'];

/** The functions that a history uses. */
const orders = () => {
  const world = severalOrders();
  const drive = async (id: string): Promise<void> => {
    world.tick();
    for (const _ of [1, 2]) await world.drive(id);
  };
  const say = (id: string, number: number, isRefused = false): Promise<void> => {
    const order = world.get(id);
    const row = order.rows.find((one) => one.number === number) as Order['rows'][number];
    const about = { row: number, service: row.target.service };
    const receipt = { ...receiptOf(row), startedAt: world.now(), finishedAt: world.now() };
    const epoch = decisionOf(order, row)?.epoch ?? 0n;
    return world.report(
      id,
      isRefused
        ? { kind: 'refused', ...about, reason: 'order.target_drifted', detail: '' }
        : { kind: 'reported', ...about, epoch, receipt },
    );
  };
  /** Reports every required row as done, in its turn; a refused row stays refused. */
  const work = async (id: string): Promise<void> => {
    const next = rowsInForce(world.get(id)).find(({ state }) => state === 'ASKED');
    if (!next) return drive(id);
    await say(id, next.number);
    await work(id);
  };
  const signed = async (measures: readonly Measure[], supersedes = ''): Promise<string> => {
    const caseId = `c${world.kept().orders.size}`;
    world.openCase(caseId, asked(measures).scope.institution);
    const id = await world.draft({ ...asked(measures), request, caseId, supersedes });
    world.decide(world.get(id));
    await world.preview(id, DRAFTER, request);
    await world.sign({ request, actor: DECIDER, byName: '', orderId: id, revision: 0 });
    await drive(id);
    return id;
  };
  const carriedOut = async (measures: readonly Measure[], supersedes = ''): Promise<string> => {
    const id = await signed(measures, supersedes);
    await work(id);
    return id;
  };
  /** A sweep finds that a record of the row is no longer as demanded. */
  const reopened = async (id: string, number: number): Promise<void> => {
    world.tick();
    world.strayed.add(`${id}/${number}`);
    await world.sweep(id);
    world.strayed.clear();
  };
  const lift = (id: string, measures: Measure[] = []) => world.lift({ ...RULING, orderId: id, ground: 'COURT', scope: null, measures });
  return { world, drive, say, work, signed, carriedOut, reopened, lift };
};

const stateOf = (world: SeveralOrders, id: string): string => {
  const { state, liftings } = world.get(id);
  return [state, ...liftings.map(({ ground }) => ground)].join(' ');
};

describe('a receipt that comes before its turn', () => {
  it('does not let its row be requested before the row that it waits for', async () => {
    const { world, say, signed } = orders();
    const id = await signed(SPOIL);
    const notice = world.get(id).rows.find(({ state }) => state === 'WAITING')?.number ?? 0;
    await say(id, notice);
    expect(world.get(id).rows[notice - 1]).toMatchObject({ state: 'WAITING', dispute: { reason: 'row.not_asked' } });
    expect(allowedActions(world.get(id))).not.toContain('retry');
    await expect(world.retry({ request, actor: DECIDER, orderId: id, row: notice })).rejects.toMatchObject({ reason: 'row.not_refused' });
  });
});

describe('an order that a sweep has reopened, and that stopped for drift', () => {
  const stopped = async () => {
    const history = orders();
    const id = await history.carriedOut([...SPOIL, 'STOP_EVALUATION']);
    const row = history.world.get(id).rows.find(({ target }) => target.effect === 'VOID_CERTIFICATES')?.number ?? 0;
    await history.reopened(id, row);
    await history.say(id, row, true);
    return { ...history, id, row };
  };

  it('is lifted completely: the refused row is no longer required, and keeps nothing open', async () => {
    const { world, work, lift, id, row } = await stopped();
    await lift(id);
    await work(id);
    expect(world.get(id)).toMatchObject({ state: 'LIFTED', liftings: [{ completedAt: expect.any(Date) as unknown }] });
    expect(world.get(id).rows[row - 1]).toMatchObject({ state: 'REFUSED', dispute: null });
  });

  it('has a part lifted completely, and stays open for the rest', async () => {
    const { world, work, lift, id, row } = await stopped();
    await lift(id, ['STOP_EVALUATION']);
    await work(id);
    expect(world.get(id)).toMatchObject({ state: 'EXECUTING', liftings: [{ completedAt: expect.any(Date) as unknown }] });
    expect(world.get(id).rows[row - 1]).toMatchObject({ state: 'REFUSED', dispute: null });
  });
});

describe('an order that is replaced while part of it is in progress', () => {
  it('ends with the answer of the row that a sweep had reopened, also when the answer is a refusal', async () => {
    const { world, say, carriedOut, reopened } = orders();
    const old = await carriedOut(SPOIL);
    await reopened(old, 1);
    await carriedOut(SPOIL, old);
    expect(stateOf(world, old)).toBe('EXECUTING');
    await say(old, 1, true);
    expect(stateOf(world, old)).toBe('LIFTING SUPERSEDED');
  });

  it('ends with the part that was being lifted, also when the order is open again', async () => {
    const { world, say, work, carriedOut, reopened, lift } = orders();
    const old = await carriedOut([...SPOIL, 'STOP_EVALUATION']);
    await reopened(old, 1);
    await say(old, 1, true);
    await lift(old, ['STOP_EVALUATION']);
    await carriedOut(SPOIL, old);
    expect(stateOf(world, old)).toBe('EXECUTING COURT');
    await work(old);
    expect(stateOf(world, old)).toMatch(/^LIFT(ING|ED) COURT SUPERSEDED$/);
  });

  it('also ends when its successor was replaced before the successor took its place', async () => {
    const { world, work, carriedOut, lift } = orders();
    const first = await carriedOut([...SPOIL, 'STOP_EVALUATION']);
    await lift(first, ['STOP_EVALUATION']);
    const second = await carriedOut(SPOIL, first);
    await carriedOut(SPOIL, second);
    expect([stateOf(world, first), stateOf(world, second)]).toEqual(['COMPLETED COURT', 'LIFTING SUPERSEDED']);
    await work(first);
    expect(stateOf(world, first)).toMatch(/^LIFT(ING|ED) COURT SUPERSEDED$/);
  });

  it('stays in force while a court stays its successor, so that the shared hold stays; and ends when the successor resumes', async () => {
    const { world, work, carriedOut, lift } = orders();
    const old = await carriedOut([...SPOIL, 'STOP_EVALUATION']);
    await lift(old, SPOIL);
    const successor = await carriedOut(['STOP_EVALUATION'], old);
    await world.suspend({ ...RULING, orderId: successor });
    await work(old);
    expect(stateOf(world, old)).toBe('COMPLETED COURT');
    await world.resume({ ...RULING, orderId: successor });
    expect(stateOf(world, old)).toBe('LIFTING COURT SUPERSEDED');
  });
});
