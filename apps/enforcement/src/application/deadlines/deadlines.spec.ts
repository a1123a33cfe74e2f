// The clock over a store in memory: what fails for one institution does not stop the others, a recount takes what is there now and
// not what it read before, and a limit that nothing can meet any more is no debt.
import { startDeadline, type Deadline } from '../../domain/deadlines/deadline';
import { announceDeadlines, limits, recountDeadlines, type DeadlineStore } from './deadlines';

const NOW = new Date('2026-11-23T02:00:00Z');
const LONG_AFTER = new Date('2027-06-01T02:00:00Z');

const deadline = (id: string, code: string, change: Partial<Deadline> = {}): Deadline => ({
  ...startDeadline({ id, code, institution: `I-${id}`, caseId: 'c1', orderId: '', authority: '2101', startedAt: NOW }),
  ...change,
});

const stored = (...deadlines: Deadline[]) => {
  const rows = new Map(deadlines.map((one) => [one.id, one]));
  const isUnmet = ({ state }: Deadline): boolean => state === 'RUNNING' || state === 'NEARING' || state === 'PASSED';
  const isDue = ({ state, nearingAt, dueAt }: Deadline, now: Date): boolean =>
    (state === 'RUNNING' && nearingAt <= now) || (state === 'NEARING' && dueAt < now);
  const store: DeadlineStore<null> = {
    insert: async (_, one) => void rows.set(one.id, one),
    save: async (_, one) => void rows.set(one.id, one),
    unmet: async (_, { caseId, orderId = '' }, code) =>
      [...rows.values()].filter(
        (one) => one.caseId === caseId && one.orderId === orderId && isUnmet(one) && (code === undefined || code === one.code),
      ),
    institutionsDue: async (now, limit, except) =>
      [...new Set([...rows.values()].filter((one) => isDue(one, now)).map(({ institution }) => institution))]
        .filter((institution) => !except.includes(institution))
        .slice(0, limit),
    lockDue: async (_, institution, now) => [...rows.values()].filter((one) => one.institution === institution && isDue(one, now)),
    lock: async (_, { id }) => {
      const one = rows.get(id);
      if (!one) throw new Error(`no deadline ${id}`);
      return one;
    },
    provisional: async (after, limit) => [...rows.values()].filter(({ id, provisional }) => provisional && id > after).slice(0, limit),
    list: async () => ({ deadlines: [...rows.values()], next: '' }),
    ofCase: async () => [...rows.values()],
    hasRecovery: async () => false,
  };
  return { store, rows, get: (id: string) => rows.get(id) };
};

const transactions = { run: <R>(work: (tx: null) => Promise<R>): Promise<R> => work(null) };

it('announces for the others what one institution cannot', async () => {
  const kept = stored(deadline('a', 'D-PEN-SERVE'), deadline('b', 'D-PEN-SERVE'));
  const told: string[] = [];
  const trouble: string[] = [];
  await announceDeadlines({
    ...{ store: kept.store, transactions, newId: () => 'new', now: () => LONG_AFTER },
    publish: async (_, { institution }) => {
      if (institution === 'I-a') throw new Error('a poisoned limit');
      told.push(institution);
    },
    onTrouble: (_, what) => trouble.push(what),
  })();
  expect([told, trouble]).toEqual([['I-b'], ['deadlines of institution I-a']]);
});

it('counts anew what is there when its turn comes', async () => {
  const before = deadline('a', 'D-PEN-SERVE', { provisional: true, dueAt: LONG_AFTER });
  const kept = stored(before, deadline('b', 'D-PEN-SERVE', { provisional: true, dueAt: LONG_AFTER }));
  const store: DeadlineStore<null> = {
    ...kept.store,
    // Met by somebody after the page was read.
    provisional: async (after, limit) => {
      const page = await kept.store.provisional(after, limit);
      if (after === '') kept.rows.set('a', { ...before, state: 'MET', metAt: NOW });
      return page;
    },
  };
  await recountDeadlines({
    ...{ store, transactions, newId: () => 'new', now: () => NOW },
    publish: async () => undefined,
    onTrouble: () => undefined,
  })();
  expect(kept.get('a')).toMatchObject({ state: 'MET', metAt: NOW });
  expect(kept.get('b')).toMatchObject({ state: 'RUNNING', provisional: false, dueAt: deadline('b', 'D-PEN-SERVE').dueAt });
});

it('cancels what has passed and is owed, but not what outlives the case; of some codes only those', async () => {
  const kept = stored(
    deadline('a', 'D-FOLLOW-FEES', { state: 'PASSED' }),
    deadline('b', 'D-LITIG'),
    deadline('c', 'D-CASE-REPLY', { state: 'PASSED' }),
  );
  const of = limits({ store: kept.store, newId: () => 'new' });
  await of.cancel(null, { caseId: 'c1' }, NOW);
  expect(['a', 'b', 'c'].map((id) => kept.get(id)?.state)).toEqual(['CANCELLED', 'RUNNING', 'PASSED']);
  await of.cancel(null, { caseId: 'c1' }, NOW, ['D-LITIG']);
  expect(kept.get('b')?.state).toBe('CANCELLED');
});

it('moves an unmet end later, never earlier', async () => {
  const kept = stored(deadline('a', 'D-CASE-REPLY', { state: 'PASSED' }));
  const of = limits({ store: kept.store, newId: () => 'new' });
  await of.extend(null, 'D-CASE-REPLY', { caseId: 'c1' }, '2026-11-24');
  expect(kept.get('a')?.state).toBe('PASSED');
  await of.extend(null, 'D-CASE-REPLY', { caseId: 'c1' }, '2026-12-30');
  expect(kept.get('a')).toMatchObject({ state: 'RUNNING', dueAt: new Date('2026-12-30T15:59:59.999Z') });
});
