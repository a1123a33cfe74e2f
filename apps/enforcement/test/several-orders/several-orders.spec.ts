// Random histories of several orders on two institutions: overlapping, superseding, stayed by courts, lifted whole and in
// part, reopened by sweeps. Services are away, refuse, and report twice, late and wrongly. After every step each order,
// its allowed actions, the holds and all published events equal those of a model. The histories are seeded: a failure
// names its seed and prints the history.
import { Refusal } from '@hengji/domain-kit';
import { random } from '@hengji/testing';
import { SERVICES, type Measure } from '../../src/domain/cascade';
import type { Receipt, Report, Row } from '../../src/domain/ledger';
import { allowedActions, decisionOf, type Order, type OrderState } from '../../src/domain/order';
import { DECIDER } from '../cases';
import { asked, DRAFTER, receiptOf, REQUEST as request, WHOLE } from '../orders';
import { ModelOrder, type ModelRow, type Part } from './model';
import { Model, type Said } from './moves';
import { severalOrders, type SeveralOrders } from './world';

const SEEDS = 400;
const BLOCK = 50;
const STEPS = 100;
const MOST_ORDERS = 5;
const INSTITUTIONS = ['S000021010003', 'S000021010004'] as const;
const SESSIONS = ['s1', 's2'] as const;
const FIVE: Measure[] = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
const MEASURES: readonly (readonly Measure[])[] = [
  ['STOP_EVALUATION'],
  FIVE.slice(1, 3),
  FIVE,
  FIVE.slice(0, 3),
  ['STOP_EVALUATION', 'RECTIFY'],
];
const SAID: readonly Said[] = ['done', 'done', 'done', 'as before the reopening', 'otherwise', 'refused', 'under another epoch'];

interface History {
  readonly world: SeveralOrders;
  readonly model: Model;
  readonly pick: (below: number) => number;
  readonly steps: string[];
  /** By `order/row`, oldest first. */
  readonly receipts: Map<string, Receipt[]>;
}

const one = <T>(list: readonly T[], pick: History['pick']): T => list[pick(list.length)] as T;
const some = <T>(list: readonly T[], pick: History['pick']): T[] => list.filter(() => pick(2) === 0);

const RULING = { request, actor: DECIDER, reason: '(2026)辽01行初1号' };

/** The work is refused for the reason that the model gives, or both accept it. Returns true when it was accepted. */
const agree = async (work: Promise<unknown>, expected: () => string): Promise<boolean> => {
  const refused = await work.then(
    () => '',
    (failure: unknown) => {
      if (failure instanceof Refusal) return failure.reason;
      throw failure;
    },
  );
  expect({ refused }).toEqual({ refused: expected() });
  return refused === '';
};

const metIn = ({ world }: History) => ({ away: world.away, strayed: world.strayed, now: world.now() });

const draft = async (history: History): Promise<void> => {
  const { world, model, pick } = history;
  if (model.orders.size === MOST_ORDERS) return;
  const id = `o${world.kept().orders.size + 1}`;
  const scope: Part = { sessions: some(SESSIONS, pick), measures: one(MEASURES, pick) };
  const institution = INSTITUTIONS[pick(4) === 0 ? 1 : 0];
  const replaceable = [...model.orders.values()].filter((order) => order.isReplaceable(institution)).map((order) => order.id);
  const supersedes = one(['', ...(pick(3) > 0 ? replaceable : model.orders.keys())], pick);
  history.steps.push(`draft ${id} ${institution} ${scope.measures.join('+')} in [${scope.sessions.join()}] for [${supersedes}]`);
  world.openCase(`case of ${id}`, institution);
  const content = { ...asked(scope.measures), request, caseId: `case of ${id}`, supersedes };
  const drafting = world.draft({ ...content, scope: { ...WHOLE, institution, sessions: scope.sessions } });
  if (!(await agree(drafting, () => model.draft(new ModelOrder(id, institution, scope, supersedes))))) return;
  world.decide(world.get(id));
  model.learn(world.get(id));
};

const lift = async ({ world, model, pick, steps }: History, order: ModelOrder): Promise<void> => {
  const part: Part = {
    sessions: pick(2) === 0 ? some(SESSIONS, pick) : [],
    measures: pick(2) === 0 ? some(order.scope.measures, pick) : [],
  };
  steps.push(`lift ${order.id} ${part.measures.join('+')} in [${part.sessions.join()}]`);
  const scope = part.sessions.length > 0 ? { ...WHOLE, institution: order.institution, sessions: part.sessions } : null;
  const content = { ...RULING, orderId: order.id, ground: 'COURT', scope, measures: part.measures } as const;
  await agree(world.lift(content), () => model.lift(order, part));
};

/** The report of the row's service; undefined when such a report is impossible. */
const reportOf = ({ world, receipts }: History, order: Order, row: Row, said: Said): Report | undefined => {
  const key = `${order.id}/${row.number}`;
  const before = receipts.get(key) ?? [];
  const about = { row: row.number, service: row.target.service };
  if (row.state !== 'DONE' && said === 'otherwise') return undefined;
  if (said === 'refused') return { kind: 'refused', ...about, reason: 'service.failed', detail: '' };
  const epoch = (decisionOf(order, row)?.epoch ?? 0n) + (said === 'under another epoch' ? 1n : 0n);
  const anew = { ...receiptOf(row), startedAt: world.now(), finishedAt: world.now(), root: Uint8Array.of(before.length) };
  const receipt = { 'as before the reopening': before.at(-1), done: row.state === 'DONE' ? row.receipt : anew }[said as string] ?? anew;
  // Only a receipt from before the reopening is late.
  if (said === 'as before the reopening' && (row.state !== 'ASKED' || row.renewedAfter === null || !before.includes(receipt)))
    return undefined;
  if (said === 'done' && row.state !== 'DONE' && row.state !== 'WAITING') receipts.set(key, [...before, receipt]);
  return { kind: 'reported', ...about, epoch, receipt };
};

const report = async (history: History, order: ModelOrder, row: ModelRow, said: Said): Promise<void> => {
  const { world, model, steps } = history;
  const real = world.get(order.id);
  const told = reportOf(history, real, real.rows.find(({ number }) => number === row.number) as Row, said);
  if (!told) return;
  steps.push(`${row.service} says of ${order.id}/${row.number}: ${said}`);
  // A record that a service has processed again is as demanded.
  if (said === 'done' && row.state !== 'WAITING') world.strayed.delete(`${order.id}/${row.number}`);
  await world.report(order.id, told);
  model.report(order, row, said);
};

const askedIn = (order: ModelOrder): ModelRow | undefined => order.inForce().find(({ state }) => state === 'ASKED');

type Move = (history: History, order: ModelOrder) => Promise<void>;

const people =
  (name: 'suspend' | 'resume'): Move =>
  async ({ world, model, steps }, order) => {
    steps.push(`${name} ${order.id}`);
    await agree(world[name]({ ...RULING, orderId: order.id }), () => model[name](order));
  };

const MOVES = {
  draft: (history) => draft(history),
  preview: async (history, order) => {
    history.steps.push(`preview ${order.id}`);
    await agree(history.world.preview(order.id, DRAFTER, request), () => history.model.preview(order, metIn(history)));
  },
  sign: async (history, order) => {
    history.steps.push(`sign ${order.id}`);
    const signing = history.world.sign({ request, actor: DECIDER, byName: '', orderId: order.id, revision: 0 });
    await agree(signing, () => history.model.sign(order, metIn(history)));
  },
  suspend: people('suspend'),
  resume: people('resume'),
  lift,
  retry: async ({ world, model, pick, steps }, order) => {
    const { number } = one(pick(3) > 0 && order.retryable().length > 0 ? order.retryable() : order.rows, pick);
    steps.push(`retry ${order.id}/${number}`);
    await agree(world.retry({ request, actor: DECIDER, orderId: order.id, row: number }), () => model.retry(order, number));
  },
  report: async (history, order) => {
    if (order.signedAt !== null) await report(history, order, one(order.rows, history.pick), one(SAID, history.pick));
  },
  /** Each row in its turn, as services usually do. */
  carryOut: async (history, order) => {
    for (let row = askedIn(order); row; row = askedIn(order))
      await report(history, order, row, history.pick(30) === 0 ? 'refused' : 'done');
  },
  drive: async (history, { id }) => {
    history.steps.push(`drive ${id}`);
    // A change triggers one more drive; one action can trigger at most three.
    for (const _ of [1, 2, 3]) await history.world.drive(id);
    history.model.drive(history.model.get(id), metIn(history));
  },
  sweep: async (history, order) => {
    history.steps.push(`sweep ${order.id}`);
    await history.world.sweep(order.id);
    history.model.sweep(order, metIn(history));
  },
  stray: async ({ world, pick, steps }, { id, rows }) => {
    const row = `${id}/${one(rows, pick).number}`;
    steps.push(`stray ${row}`);
    world.strayed.add(row);
  },
  absence: async ({ world, pick, steps }) => {
    const service = one(SERVICES, pick);
    steps.push(`${service} is away`);
    world.away.add(service);
  },
  mend: async ({ world, steps }) => {
    steps.push('all are there, and all records as they should be');
    world.strayed.clear();
    world.away.clear();
  },
} as const satisfies Record<string, Move>;

/** The usual next moves, so that orders progress and meet; the rest of the time any move is tried on any order. */
const NEXT = {
  DRAFT: ['preview', 'preview', 'preview', 'mend'],
  PREVIEWED: ['sign', 'sign', 'sign', 'mend'],
  SIGNED: ['drive', 'drive', 'drive', 'suspend', 'absence'],
  EXECUTING: ['carryOut', 'carryOut', 'carryOut', 'drive', 'drive', 'drive', 'retry', 'suspend', 'mend', 'lift', 'report'],
  COMPLETED: ['carryOut', 'drive', 'stray', 'sweep', 'sweep', 'lift', 'lift', 'suspend', 'draft', 'draft', 'report'],
  LIFTING: ['carryOut', 'carryOut', 'drive', 'drive', 'retry', 'mend'],
  LIFTED: ['stray', 'sweep', 'mend', 'draft'],
  DISCARDED: ['draft'],
} as const satisfies Record<OrderState, readonly (keyof typeof MOVES)[]>;
const NEXT_WHEN_STAYED = [
  'resume',
  'resume',
  'lift',
  'draft',
  'carryOut',
  'drive',
  'sweep',
] as const satisfies readonly (keyof typeof MOVES)[];
const ANY = Object.keys(MOVES) as (keyof typeof MOVES)[];

const shownOf = ({ id, state, supersededBy, suspension, signature, completedAt, rows, liftings }: Order) => ({
  ...{ id, state, supersededBy, stayed: suspension !== null, epoch: signature?.epoch ?? null, carriedOut: completedAt !== null },
  rows: rows.map(({ number, state: is, dispute }) => `${number} ${is}${dispute ? ' doubted' : ''}`),
  liftings: liftings.map(({ number, epoch, whole, measures, ground, completedAt: end }) =>
    [number, epoch, whole, measures.join('+'), ground === 'SUPERSEDED', end === null].join(' '),
  ),
});
const shownBy = ({ id, state, supersededBy, stayed, epoch, carriedOut, rows, liftings, scope }: ModelOrder) => ({
  ...{ id, state, supersededBy, stayed, epoch, carriedOut },
  rows: rows.map(({ number, state: is, doubted }) => `${number} ${is}${doubted ? ' doubted' : ''}`),
  liftings: liftings.map(({ number, epoch: place, whole, measures, supersedes, isOpen }) =>
    [number, place, whole, scope.measures.filter((measure) => measures.includes(measure)).join('+'), supersedes, isOpen].join(' '),
  ),
});

const checkSame = async ({ world, model }: History): Promise<void> => {
  const orders = [...world.kept().orders.values()];
  for (const order of orders) model.learn(order);
  const models = [...model.orders.values()];
  const held = await Promise.all(
    SERVICES.map(async (service) => (await world.fences(service)).map(({ orderId }) => `${service} ${orderId}`)),
  );
  const expected = SERVICES.map((service) => models.filter((order) => order.isHeldAt(service)).map(({ id }) => `${service} ${id}`));
  const seen = {
    orders: orders.map(shownOf),
    may: orders.map((order) => [...allowedActions(order)].sort()),
    held,
    told: world.kept().told,
  };
  expect(seen).toEqual({
    ...{ orders: models.map(shownBy), may: models.map((order) => order.mayBe()), held: expected, told: model.told },
  });
};

const runHistory = async (seed: number): Promise<void> => {
  const history: History = { world: severalOrders(), model: new Model(), pick: random(seed), steps: [], receipts: new Map() };
  const { world, model, pick, steps } = history;
  try {
    for (let step = 0; step < STEPS; step += 1) {
      world.tick();
      const order = one([...model.orders.values()], pick) ?? (await draft(history), model.get('o1'));
      const next = order.stayed ? NEXT_WHEN_STAYED : NEXT[order.state];
      await MOVES[one(pick(8) > 0 ? next : ANY, pick)](history, order);
      await checkSame(history);
    }
  } catch (failure) {
    throw new Error(`seed ${seed}:\n${steps.join('\n')}\n${String(failure)}`, { cause: failure });
  }
};

describe('random histories of several orders', () => {
  it.each(Array.from({ length: SEEDS / BLOCK }, (_, i) => i * BLOCK))(
    'from seed %i on agree with the model after every step',
    async (from) => {
      for (let seed = from; seed < from + BLOCK; seed += 1) await runHistory(seed);
    },
  );
});
