// The clock over a store in memory. A failure for one institution does not stop the others. A recount uses the current state and not the
// state that it read before. A limit that nothing can meet any more is not a debt.
import { LIMITS } from '../../test/counting';
import {
  extended,
  isOpen,
  movedTo,
  nextLook,
  resumed,
  startLimit,
  suspended,
  tick,
  type Counting,
  type Amount,
  type Limit,
  type LimitTable,
} from '../tables';
import { announceLimits, recountLimits } from './clock';
import { limits, type LimitStore, type Recount } from './limits';

const NOW = new Date('2026-11-23T02:00:00Z');
const LONG_AFTER = new Date('2027-06-01T02:00:00Z');

const limit = (id: string, code: string, change: Partial<Limit> = {}): Limit => ({
  ...startLimit(LIMITS, { id, code, institution: `I-${id}`, fileId: 'c1', about: '', authority: '2101', startedAt: NOW }),
  ...change,
});

const stored = (...given: Limit[]) => {
  const rows = new Map(given.map((one) => [one.id, one]));
  const recounts: Recount[] = [];
  const isUnmet = ({ state }: Limit): boolean => state === 'RUNNING' || state === 'NEARING' || state === 'PASSED';
  const isDue = ({ state, nearingAt, dueAt }: Limit, now: Date): boolean =>
    (state === 'RUNNING' && nearingAt <= now) || (state === 'NEARING' && dueAt < now);
  const store: LimitStore<null> = {
    insert: async (_, one) => void rows.set(one.id, one),
    save: async (_, one) => void rows.set(one.id, one),
    unmet: async (_, { fileId, about = '' }, code) =>
      [...rows.values()].filter(
        (one) => one.fileId === fileId && one.about === about && isUnmet(one) && (code === undefined || code === one.code),
      ),
    institutionsDue: async (now, most, except) =>
      [...new Set([...rows.values()].filter((one) => isDue(one, now)).map(({ institution }) => institution))]
        .filter((institution) => !except.includes(institution))
        .slice(0, most),
    lockDue: async (_, institution, now) => [...rows.values()].filter((one) => one.institution === institution && isDue(one, now)),
    lock: async (_, { id }) => {
      const one = rows.get(id);
      if (!one) throw new Error(`no limit ${id}`);
      return one;
    },
    toRecount: async (after, most, codes) =>
      [...rows.values()].filter(({ id, provisional, code }) => (provisional || codes.includes(code)) && id > after).slice(0, most),
    keepRecount: async (_, recount) => void recounts.push(recount),
    recounts: async () => recounts,
    ofIds: async (ids) => [...rows.values()].filter(({ id }) => ids.includes(id)),
    ofFile: async () => [...rows.values()],
  };
  return { store, rows, recounts, get: (id: string) => rows.get(id) };
};

const transactions = { run: <R>(work: (tx: null) => Promise<R>): Promise<R> => work(null) };

it('announces the limits of other institutions when one institution fails', async () => {
  const kept = stored(limit('a', 'D-OBJ-DECIDE'), limit('b', 'D-OBJ-DECIDE'));
  const told: string[] = [];
  const trouble: string[] = [];
  await announceLimits({
    ...{ store: kept.store, transactions, table: LIMITS, now: () => LONG_AFTER },
    followPassed: async () => undefined,
    publish: async (_, { institution }) => {
      if (institution === 'I-a') throw new Error('a poisoned limit');
      told.push(institution);
    },
    onTrouble: (_, what) => trouble.push(what),
  })();
  expect([told, trouble]).toEqual([['I-b'], ['limits of institution I-a']]);
});

it('recounts the state under the lock', async () => {
  const before = limit('a', 'D-OBJ-DECIDE', { provisional: true, dueAt: LONG_AFTER });
  const kept = stored(before, limit('b', 'D-OBJ-DECIDE', { provisional: true, dueAt: LONG_AFTER }));
  const store: LimitStore<null> = {
    ...kept.store,
    // Somebody met it after the page was read.
    toRecount: async (after, most) => {
      const page = await kept.store.toRecount(after, most, []);
      if (after === '') kept.rows.set('a', { ...before, state: 'MET', metAt: NOW });
      return page;
    },
  };
  await recountLimits({ store, transactions, table: LIMITS, now: () => NOW })();
  expect(kept.get('a')).toMatchObject({ state: 'MET', metAt: NOW });
  expect(kept.get('b')).toMatchObject({ state: 'RUNNING', provisional: false, dueAt: limit('b', 'D-OBJ-DECIDE').dueAt });
});

it('does not let a party’s limit pass while its year is not announced, and does not check it until then', () => {
  const party = limit('a', 'D-OBJ-ADD', { provisional: true, state: 'NEARING' });
  expect([tick(LIMITS, party, LONG_AFTER), nextLook(LIMITS, party)]).toEqual([party, new Date('9999-12-31T00:00:00Z')]);
  const known = { ...party, provisional: false };
  expect([tick(LIMITS, known, LONG_AFTER).state, nextLook(LIMITS, known)]).toEqual(['PASSED', new Date(known.dueAt.getTime() + 1)]);
  // A limit of the authority is a debt all the same.
  expect(tick(LIMITS, limit('b', 'D-OBJ-DECIDE', { provisional: true }), LONG_AFTER).state).toBe('PASSED');
});

it('recounts an extended limit with its extension', async () => {
  const running = limit('a', 'D-OBJ-DECIDE');
  const longer = extended(LIMITS, running, NOW);
  const kept = stored({ ...longer, provisional: true, dueAt: LONG_AFTER });
  await recountLimits({ store: kept.store, transactions, table: LIMITS, now: () => NOW })();
  expect(kept.get('a')).toMatchObject({ dueAt: longer.dueAt, extendedFrom: running.dueAt, provisional: false });
});

it('cancels limits that have passed and are owed, but not those that outlive the case; with codes, only those', async () => {
  const kept = stored(
    limit('a', 'D-OBJ-ACCEPT', { state: 'PASSED' }),
    limit('b', 'D-OBJ-SUE'),
    limit('c', 'D-OBJ-ADD', { state: 'PASSED' }),
  );
  const of = limits({ store: kept.store, table: LIMITS, newId: () => 'new' });
  await of.cancel(null, { fileId: 'c1' }, NOW);
  expect(['a', 'b', 'c'].map((id) => kept.get(id)?.state)).toEqual(['CANCELLED', 'RUNNING', 'PASSED']);
  await of.cancel(null, { fileId: 'c1' }, NOW, ['D-OBJ-SUE']);
  expect(kept.get('b')?.state).toBe('CANCELLED');
});

it('moves the end of an unmet limit later, never earlier', async () => {
  const kept = stored(limit('a', 'D-OBJ-ADD', { state: 'PASSED' }));
  const of = limits({ store: kept.store, table: LIMITS, newId: () => 'new' });
  await of.moveTo(null, 'D-OBJ-ADD', { fileId: 'c1' }, '2026-11-24');
  expect(kept.get('a')?.state).toBe('PASSED');
  await of.moveTo(null, 'D-OBJ-ADD', { fileId: 'c1' }, '2026-12-30');
  expect(kept.get('a')).toMatchObject({ state: 'RUNNING', dueAt: new Date('2026-12-30T15:59:59.999Z') });
});

describe('the version of an amount', () => {
  const SHORT = { amount: 10, unit: 'workingDay' } as const;
  /** From the start of a limit on: the amounts of D-OBJ-DECIDE and D-OBJ-ADD in the versions. */
  const versioned = (version: string, limit: Amount, extension = 5): LimitTable => ({
    ...LIMITS,
    amounts: {
      inForce: ({ code }) => (code === 'D-OBJ-SUE' ? { limit: { amount: 60, unit: 'day' }, version: '' } : { limit, extension, version }),
      ofVersion: (_, asked) => (asked === version ? { limit, extension, version } : { limit: SHORT, extension: 5, version: asked }),
      versioned: () => ['D-OBJ-DECIDE', 'D-OBJ-ADD'],
    },
  });
  const longer = versioned('LN/1', { amount: 15, unit: 'workingDay' });
  const recount = (kept: ReturnType<typeof stored>, table = longer, now = NOW) =>
    recountLimits({ store: kept.store, transactions, table, now: () => now })();
  const day = (text: string): Date => new Date(`${text}T23:59:59.999+08:00`);

  it('is the version in force when the limit starts, and stays with the limit', () => {
    const started = startLimit(longer, { ...limit('a', 'D-OBJ-DECIDE') });
    expect(started).toMatchObject({ amountVersion: 'LN/1', dueAt: day('2026-12-14') });
    expect(extended(versioned('LN/1', { amount: 15, unit: 'workingDay' }, 2), started, NOW).dueAt).toEqual(day('2026-12-16'));
  });

  it('moves the end of open limits when it is corrected, and the old end is stored', async () => {
    const kept = stored(
      limit('a', 'D-OBJ-DECIDE', { state: 'NEARING' }),
      limit('b', 'D-OBJ-DECIDE', { state: 'MET' }),
      limit('c', 'D-OBJ-SUE'),
    );
    await recount(kept);
    expect(kept.get('a')).toMatchObject({ state: 'RUNNING', dueAt: day('2026-12-14'), amountVersion: 'LN/1' });
    expect(kept.get('b')).toMatchObject({ state: 'MET', dueAt: day('2026-12-07'), amountVersion: '' });
    const was = { versionBefore: '', versionAfter: 'LN/1', dueBefore: day('2026-12-07'), dueAfter: day('2026-12-14') };
    expect(kept.recounts).toEqual([{ limitId: 'a', at: NOW, ...was }]);
    await recount(kept);
    expect(kept.recounts).toHaveLength(1);
  });

  it('restarts a limit that has passed and is owed, if its new end is in the future', async () => {
    const kept = stored(limit('a', 'D-OBJ-DECIDE', { state: 'PASSED' }), limit('b', 'D-OBJ-ADD', { state: 'PASSED' }));
    await recount(kept, longer, day('2026-12-10'));
    expect([kept.get('a')?.state, kept.get('b')?.state]).toEqual(['RUNNING', 'PASSED']);
    const late = stored(limit('a', 'D-OBJ-DECIDE', { state: 'PASSED' }));
    await recount(late, longer, LONG_AFTER);
    expect(late.get('a')).toMatchObject({ state: 'PASSED', amountVersion: 'LN/1', dueAt: day('2026-12-14') });
  });

  it('moves a named end by the difference of the amounts, and never earlier', async () => {
    const named = { ...movedTo(LIMITS, limit('a', 'D-OBJ-DECIDE'), '2026-12-09') };
    expect(named.endNamed).toBe(true);
    const kept = stored(named);
    await recount(kept);
    expect(kept.get('a')?.dueAt).toEqual(day('2026-12-16'));
    const less = stored(named);
    await recount(less, versioned('LN/2', { amount: 3, unit: 'workingDay' }));
    expect(less.get('a')).toMatchObject({ dueAt: day('2026-12-09'), amountVersion: 'LN/2' });
  });

  it('changes a suspended limit only when it resumes', async () => {
    const kept = stored(suspended(limit('a', 'D-OBJ-DECIDE'), NOW));
    await recount(kept);
    expect(kept.get('a')).toMatchObject({ state: 'SUSPENDED', suspendedAt: NOW, dueAt: day('2026-12-14') });
  });
});

describe('a limit that is extended', () => {
  const running = limit('a', 'D-OBJ-DECIDE');
  const day = (text: string): Date => new Date(`${text}T23:59:59.999+08:00`);

  it('ends later by the extension in its rule, nears its end anew, and stores its former end', () => {
    const near = tick(LIMITS, running, new Date('2026-12-03T02:00:00Z'));
    expect(near.state).toBe('NEARING');
    const later = extended(LIMITS, near, new Date('2026-12-03T02:00:00Z'));
    expect(later).toMatchObject({
      state: 'RUNNING',
      dueAt: day('2026-12-14'),
      nearingAt: day('2026-12-09'),
      extendedFrom: day('2026-12-07'),
    });
  });

  it.each<[string, Limit, Date]>([
    ['twice', extended(LIMITS, running, NOW), NOW],
    ['when it has passed', running, LONG_AFTER],
    ['when it was met', { ...running, state: 'MET' }, NOW],
    ['where the rule allows none', limit('b', 'D-OBJ-ADD'), NOW],
  ])('is refused %s', (_, one, now) =>
    expect(() => extended(LIMITS, one, now)).toThrow(expect.objectContaining({ reason: 'limit.not_extendable' })),
  );
});

it('counts the days off of its authority', () => {
  const asked: string[] = [];
  const endOf: Counting['endOf'] = (amount, from, authority) => {
    asked.push(authority);
    return LIMITS.counting.endOf(amount, from, authority);
  };
  const table = { ...LIMITS, counting: { ...LIMITS.counting, endOf } };
  const { institution, fileId, about, startedAt } = limit('a', 'D-OBJ-DECIDE');
  const one = startLimit(table, { ...{ id: 'a', code: 'D-OBJ-DECIDE', institution, fileId, about, startedAt }, authority: '2102' });
  resumed(table, suspended(extended(table, one, NOW), NOW), new Date('2026-12-02T02:00:00Z'));
  expect(new Set(asked)).toEqual(new Set(['2102']));
});

describe('a suspended limit', () => {
  const at = (text: string): Date => new Date(text);
  const TWO_ON = at('2026-11-25T02:00:00Z');
  /** The state before its year was announced. */
  const GUESSED = { provisional: true, dueAt: LONG_AFTER };

  // From Monday 2026-11-23 to Wednesday 2026-12-02: seven working days, nine days.
  it.each<[string, string, string]>([
    ['D-OBJ-DECIDE', '2026-12-02T02:00:00Z', '2026-12-16T15:59:59.999Z'],
    ['D-OBJ-SUE', '2026-12-02T02:00:00Z', '2027-01-31T15:59:59.999Z'],
    ['D-OBJ-TELL', '2026-11-23T05:00:00Z', '2026-11-24T05:00:00.000Z'],
    ['D-OBJ-DECIDE', '2026-11-23T05:00:00Z', '2026-12-07T15:59:59.999Z'],
  ])('%s gets back the days of its suspension until %s', (code, until, end) => {
    const still = suspended(limit('a', code), NOW);
    expect([still.state, nextLook(LIMITS, still), isOpen(LIMITS, still), tick(LIMITS, still, LONG_AFTER)]).toEqual([
      'SUSPENDED',
      null,
      true,
      still,
    ]);
    expect(resumed(LIMITS, still, at(until))).toMatchObject({ state: 'RUNNING', suspendedAt: null, dueAt: at(end) });
  });

  it.each<[string, Limit]>([
    ['when it runs again, because nobody counted it while it stood still', suspended(limit('a', 'D-OBJ-ACCEPT', GUESSED), NOW)],
    [
      'later, with the days back that it got back before',
      { ...resumed(LIMITS, suspended(limit('a', 'D-OBJ-ACCEPT'), NOW), TWO_ON), ...GUESSED },
    ],
  ])('is recounted when its year is announced: %s', async (_, one) => {
    const kept = stored(one);
    if (one.suspendedAt) {
      const of = limits({ store: { ...kept.store, unmet: async () => [one] }, table: LIMITS, newId: () => 'new' });
      await of.resume(null, { fileId: 'c1' }, TWO_ON);
    } else await recountLimits({ store: kept.store, transactions, table: LIMITS, now: () => NOW })();
    // Five working days, and the two of the suspension.
    expect(kept.get('a')).toMatchObject({
      state: 'RUNNING',
      provisional: false,
      dueAt: at('2026-12-02T15:59:59.999Z'),
      stops: [[NOW, TWO_ON]],
    });
  });

  it('can only be a limit that was running', () => {
    const met: Limit = { ...limit('a', 'D-OBJ-ADD'), state: 'MET' };
    expect(suspended(met, NOW)).toBe(met);
    expect(resumed(LIMITS, met, NOW)).toBe(met);
  });
});
