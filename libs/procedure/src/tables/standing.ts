// Checks whether this person may take this step of this file now, and if not, why. `checkStanding`, `obstaclesOf` and `readSteps` use one
// list of checks. An offered step is therefore never refused by these checks, and a step that would be refused shows its reason beforehand.
import { advance, Refusal } from '@hengji/domain-kit';
import { checkSeparate } from './parts';
import type { At, Procedure, StepOf } from './procedure';
import { SYSTEM, type Terms } from './terms';

/** Refuses `<noun>.role_forbidden` and `<noun>.out_of_territory`. */
export const checkTaker = <T extends Terms>(
  { steps, takers, wording }: Pick<Procedure<T>, 'steps' | 'takers' | 'wording'>,
  file: Pick<T['file'], 'authority' | 'institution'>,
  { step, actor }: Pick<At<T>, 'step' | 'actor'>,
): void => {
  const { by, enteredBy, title } = steps[step];
  const { noun, basis, outOfTerritory } = wording;
  const own = by === SYSTEM ? undefined : takers[by as T['by']];
  const taker = [own, enteredBy && takers[enteredBy]].find((one) => one?.isOne(actor));
  if (!taker) {
    const message = `“${title}”只能由${own?.title ?? '系统'}办理`;
    throw new Refusal('forbidden', `${noun}.role_forbidden`, message, { field: 'actor.role', rule: basis.who });
  }
  if (!taker.isOwn(actor, file)) {
    const message = typeof outOfTerritory === 'string' ? outOfTerritory : outOfTerritory(actor, file);
    throw new Refusal('forbidden', `${noun}.out_of_territory`, message, { field: 'actor.authority', rule: basis.who });
  }
};

const checkRuns = <T extends Terms>({ steps, isSuspended, wording }: Procedure<T>, file: T['file'], step: StepOf<T>): void => {
  if (isSuspended(file) && !steps[step].whileSuspended)
    throw new Refusal('illegalMove', `${wording.noun}.suspended`, wording.suspended, { field: 'step', rule: wording.basis.who });
};

const placeOf = <T extends Terms>({ steps, tracks, wording }: Procedure<T>, file: T['file'], step: StepOf<T>) => {
  const track = tracks[steps[step].track as T['track']];
  return { track, next: () => advance(wording.noun, track.moves, track.stateOf(file), step) };
};

const checkCell = <T extends Terms>(procedure: Procedure<T>, file: T['file'], step: StepOf<T>): void => {
  const { track, next } = placeOf(procedure, file, step);
  track.check?.(file, step, procedure.steps[step]);
  next();
};

/** The fields of the file that the step changes, and only those. Refuses `<noun>.suspended`, `<noun>.illegal_move`. */
export const moveOf = <T extends Terms>(procedure: Procedure<T>, file: T['file'], step: StepOf<T>, person: string): Partial<T['file']> => {
  checkRuns(procedure, file, step);
  checkCell(procedure, file, step);
  const { track, next } = placeOf(procedure, file, step);
  return track.isHeldBack?.(file, step, person) ? {} : track.moved(next());
};

/** All checks except those of the step's content, in the order in which they refuse. The life cycle is the third check. */
const checksOf = <T extends Terms>(procedure: Procedure<T>, at: At<T>): (() => void)[] => [
  () => checkTaker(procedure, at.file, at),
  () => checkRuns(procedure, at.file, at.step),
  () => checkCell(procedure, at.file, at.step),
  () => checkSeparate(procedure, at.file, at),
  ...procedure.checks.map((check) => () => check(at)),
];

/** Refuses as its checks do: person, suspension, life cycle, parts, and the procedure's own checks. */
export const checkStanding = <T extends Terms>(procedure: Procedure<T>, at: At<T>): void => {
  for (const check of checksOf(procedure, at)) check();
};

const refusalOf = (check: () => void): Refusal[] => {
  try {
    check();
    return [];
  } catch (refusal) {
    if (refusal instanceof Refusal) return [refusal];
    throw refusal;
  }
};

/** Whether the life cycle allows the step in this state, for any person. */
const isInPlace = <T extends Terms>(procedure: Procedure<T>, { file, step }: At<T>): boolean =>
  refusalOf(() => checkCell(procedure, file, step)).length === 0;

/** Whether a person with the right may take the step from here: the life cycle allows it, and the file is not suspended. */
export const isNear = <T extends Terms>(procedure: Procedure<T>, file: T['file'], step: StepOf<T>): boolean =>
  refusalOf(() => checkRuns(procedure, file, step)).length + refusalOf(() => checkCell(procedure, file, step)).length === 0;

/**
 * Everything that prevents the step now; empty when it may be taken. If the life cycle does not allow the step here, only that is returned.
 */
export const obstaclesOf = <T extends Terms>(procedure: Procedure<T>, at: At<T>): Refusal[] =>
  isInPlace(procedure, at) ? checksOf(procedure, at).flatMap(refusalOf) : refusalOf(() => checkCell(procedure, at.file, at.step));

const namesOf = <T extends Terms>({ steps }: Pick<Procedure<T>, 'steps'>): StepOf<T>[] => Object.keys(steps) as StepOf<T>[];

/** Steps that the person may take now; the content of a step is checked when it is taken. */
export const allowedSteps = <T extends Terms>(procedure: Procedure<T>, at: Omit<At<T>, 'step'>): StepOf<T>[] =>
  namesOf(procedure).filter((step) => refusalOf(() => checkStanding(procedure, { ...at, step })).length === 0);

/** What a step needs when it is taken. */
const needsOf = <T extends Terms>(procedure: Procedure<T>, at: At<T>): string[] => {
  const { needsText, serves, evidence } = procedure.steps[at.step];
  const isAttached = procedure.attached[at.step];
  return [
    ...(needsText ? ['TEXT'] : []),
    ...(isAttached && refusalOf(() => isAttached(at.file, [])).length > 0 ? ['ATTACHMENT'] : []),
    ...(evidence === undefined ? [] : ['EVIDENCE']),
    ...(serves === undefined ? [] : ['SERVICE']),
    ...particularsOf(procedure, at),
    ...(procedure.alsoNeeds?.(at) ?? []),
  ];
};

export interface AllowedStep<Step extends string = string> {
  readonly step: Step;
  readonly title: string;
  /** TEXT, ATTACHMENT, EVIDENCE (of `evidence`), SERVICE (`DELIVERY_RULES`), the particulars, and the procedure's own needs. */
  readonly needs: readonly string[];
  /** Kinds of evidence of which the step needs one; absent if it needs none. */
  readonly evidence?: readonly string[];
}

const PAPER = 'PAPER';

/** What the step states beside its text when this person takes it. */
export const particularsOf = <T extends Terms>(
  { steps, takers }: Procedure<T>,
  { step, actor }: Pick<At<T>, 'step' | 'actor'>,
): T['particular'][] => {
  const { by, enteredBy, particulars = [] } = steps[step];
  const isEntered = enteredBy !== undefined && by !== SYSTEM && !takers[by as T['by']].isOne(actor);
  return [...particulars, ...(isEntered ? [PAPER] : [])];
};

const allowedOf = <T extends Terms>(procedure: Procedure<T>, at: At<T>): AllowedStep<StepOf<T>> => {
  const { title, evidence } = procedure.steps[at.step];
  return { step: at.step, title, needs: needsOf(procedure, at), ...(evidence === undefined ? {} : { evidence }) };
};

export interface Obstacle<Step extends string = string> {
  readonly step: Step;
  readonly title: string;
  /** Reason code, for example `case.too_early`. */
  readonly reason: string;
  /** Chinese, for the person who reads the file. */
  readonly words: string;
}

export interface StepsRead<Step extends string = string> {
  readonly allowed: readonly AllowedStep<Step>[];
  readonly obstacles: readonly Obstacle<Step>[];
}

/**
 * What this person may do in the file now, and what prevents each other step; returned with every read. It contains only steps of people
 * that the life cycle allows in this state.
 */
export const readSteps = <T extends Terms>(procedure: Procedure<T>, at: Omit<At<T>, 'step'>): StepsRead<StepOf<T>> => {
  const near = namesOf(procedure)
    .map((step) => ({ ...at, step }))
    .filter((one) => procedure.steps[one.step].by !== SYSTEM && isInPlace(procedure, one));
  const read = near.map((one) => ({ at: one, title: procedure.steps[one.step].title, refusals: obstaclesOf(procedure, one) }));
  return {
    allowed: read.flatMap(({ at: one, refusals }) => (refusals.length === 0 ? [allowedOf(procedure, one)] : [])),
    obstacles: read.flatMap(({ at: { step }, title, refusals }) =>
      refusals.map(({ reason, message }) => ({ step, title, reason, words: message })),
    ),
  };
};
