// Offered steps, obstacles and refusals come from one list of checks: in random walks they always agree. Then each kind of obstacle once,
// in the smallest procedure.
import { Refusal } from '@hengji/domain-kit';
import fc from 'fast-check';
import { asked, filed, OBJECTION, officer, party, type Objection, type ObjectionStep, type Person } from '../../test/objection';
import { checkOpen, decideFact, decideStep, limitsOf, obstaclesOf, allowedSteps, doubled, readGates, readSteps } from './index';

const NOW = new Date('2026-11-23T02:00:00Z');
const around = { now: NOW };
const STEPS = Object.keys(OBJECTION.steps) as ObjectionStep[];
const PEOPLE = [officer('a'), officer('b'), officer('c', '2102'), party('p'), party('q', 'I-2')];

const at = (file: Objection, actor: Person) => ({ file, actor, person: actor.id, around });
const take = (file: Objection, step: ObjectionStep, actor: Person, change = {}): Objection =>
  decideStep(OBJECTION, file, asked(step, actor, change), around);

const refusalOf = (work: () => unknown): Refusal | null => {
  try {
    work();
    return null;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
};

const reasonsOf = (file: Objection, step: ObjectionStep, actor: Person): string[] =>
  obstaclesOf(OBJECTION, { ...at(file, actor), step }).map(({ reason }) => reason);

const STANDING = ['role_forbidden', 'out_of_territory', 'suspended', 'illegal_move', 'same_person', 'not_heard'];

it('offers a step exactly when the decision does not refuse it for standing, and otherwise returns the reason', () => {
  const move = fc.record({ step: fc.constantFrom(...STEPS), person: fc.constantFrom(...PEOPLE), empty: fc.boolean() });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
      let file = filed('f', NOW);
      for (const { step, person, empty } of moves) {
        const change = empty ? { text: '', attachmentIds: [], service: null } : {};
        const isOffered = allowedSteps(OBJECTION, at(file, person)).includes(step);
        const obstacles = obstaclesOf(OBJECTION, { ...at(file, person), step });
        const refusal = refusalOf(() => take(file, step, person, change));
        const isRefusedForStanding = refusal !== null && STANDING.includes(refusal.reason.split('.')[1] ?? '');
        expect(isOffered).toBe(!isRefusedForStanding);
        expect(obstacles.length === 0).toBe(isOffered);
        // If the life cycle does not allow the step, only that is returned; otherwise the refusal is among the obstacles.
        const reasons = obstacles.map(({ reason }) => reason);
        if (isRefusedForStanding && `${reasons}` !== 'objection.illegal_move') expect(reasons).toContain(refusal.reason);
        if (refusal === null) file = take(file, step, person, change);
      }
      expect(doubled(OBJECTION, file)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('an obstacle', () => {
  const accepted = take(filed('f', NOW), 'ACCEPT', officer('a'));
  const heard = take(accepted, 'HEAR', officer('a'));
  const paused = take(heard, 'PAUSE', officer('a'));

  it.each<[string, Objection, ObjectionStep, Person, string[]]>([
    ['the place alone, out of place', filed('f', NOW), 'DECIDE', party('p'), ['objection.illegal_move']],
    ['another role', accepted, 'HEAR', party('p'), ['objection.role_forbidden']],
    ['another territory', accepted, 'HEAR', officer('c', '2102'), ['objection.out_of_territory']],
    ['the part that was held, and what was not done', accepted, 'DECIDE', officer('a'), ['objection.same_person', 'objection.not_heard']],
    ['a suspension', paused, 'DECIDE', officer('b'), ['objection.suspended']],
    ['nothing', heard, 'DECIDE', officer('b'), []],
    ['nothing for the party, which may speak while it is suspended', paused, 'WITHDRAW', party('p'), []],
  ])('is %s', (...[, file, step, person, reasons]) => expect(reasonsOf(file, step, person)).toEqual(reasons));

  it('is returned with the allowed steps, their titles and needs; steps outside the life cycle are left out', () => {
    expect(readSteps(OBJECTION, at(accepted, officer('a')))).toEqual({
      allowed: [
        { step: 'HEAR', title: '调查核实', needs: ['TEXT'] },
        { step: 'PAUSE', title: '中止', needs: ['TEXT', 'ATTACHMENT'] },
      ],
      obstacles: [
        {
          ...{ step: 'DECIDE', title: '作出答复', reason: 'objection.same_person' },
          words: '您在本异议中已承担承办，不能再办理“作出答复”：承办、决定须由不同人员承担',
        },
        { step: 'DECIDE', title: '作出答复', reason: 'objection.not_heard', words: '应先调查核实' },
        { step: 'WITHDRAW', title: '撤回异议', reason: 'objection.role_forbidden', words: '“撤回异议”只能由申请机构办理' },
      ],
    });
    expect(readSteps(OBJECTION, at(take(heard, 'DECIDE', officer('b')), officer('a'))).allowed[0]).toEqual({
      ...{ step: 'REPLY', title: '送达答复', needs: ['SERVICE'] },
    });
  });
});

describe('a step', () => {
  it('is recorded, changes the state of its track and decides what the procedure defines', () => {
    const decided = take(take(take(filed('f', NOW), 'ACCEPT', officer('a')), 'HEAR', officer('a')), 'DECIDE', officer('b'), {
      text: '维持',
    });
    expect(decided).toMatchObject({ state: 'DECIDED', outcome: '维持', paused: false });
    expect(decided.entries.at(-1)).toEqual({
      ...{ number: 4, step: 'DECIDE', by: 'b', byName: 'b', at: NOW, text: '维持' },
      ...{ documentIds: [], attachmentIds: ['a-1'] },
    });
  });

  it.each([
    [{ text: ' ' }, 'ACCEPT', 'objection.text_missing'],
    [{ text: '字'.repeat(5_001) }, 'ACCEPT', 'objection.text_missing'],
    [{ attachmentIds: [] }, 'PAUSE', 'objection.paper_missing'],
  ] as const)('%j of %s is refused: %s', (change, step, reason) =>
    expect(refusalOf(() => take(filed('f', NOW), step, officer('a'), change))?.reason).toBe(reason),
  );

  it('that no person takes changes nothing when it is late', () => {
    const file = filed('f', NOW);
    expect(decideFact(OBJECTION, file, { step: 'DECIDE', text: '', now: NOW })).toBe(file);
    expect(decideFact(OBJECTION, file, { step: 'ACCEPT', text: '', now: NOW })).toMatchObject({ state: 'ACCEPTED' });
  });

  it('changes the limits of its row', () =>
    expect(limitsOf(OBJECTION, filed('f', NOW), 'ACCEPT')).toEqual({ starts: ['D-OBJ-DECIDE'], meets: ['D-OBJ-ACCEPT'], cancels: [] }));
});

it('names the first closed gate', () => {
  const table = { FIRST: { title: '一', missing: () => '' }, SECOND: { title: '二', missing: (n: number) => `缺${n}` } };
  const gates = readGates(table, ['FIRST', 'SECOND'], 2);
  expect(gates.map(({ gate, missing }) => [gate, missing])).toEqual([
    ['FIRST', ''],
    ['SECOND', '缺2'],
  ]);
  expect(refusalOf(() => checkOpen(gates, 'objection.gate_closed', 'design'))).toMatchObject({
    ...{ reason: 'objection.gate_closed', message: '“二”未满足：缺2' },
    detail: { field: 'gates.SECOND', rule: 'design' },
  });
  expect(() => checkOpen(gates.slice(0, 1), 'objection.gate_closed', 'design')).not.toThrow();
});
