// A step as a decision: returns the file after the step, or refuses. The documents that the step issues are not included; the code that
// runs the step adds them (`withDocument`).
import { Refusal } from '@hengji/domain-kit';
import { withEntry, type At, type NewEntry, type Procedure, type StepOf } from './procedure';
import { checkStanding, moveOf } from './standing';
import { SYSTEM, type Asked, type Entry, type ProcedureFile, type Terms } from './terms';

/** Maximum number of characters in the text of a step. */
export const LONGEST_TEXT = 5_000;

/** Refuses `<noun>.text_missing`, `<noun>.service_missing`. */
const checkContent = <T extends Terms>({ steps, wording }: Procedure<T>, { step, text, service }: Asked): void => {
  const { needsText, serves, title } = steps[step as StepOf<T>];
  const { noun, basis } = wording;
  const isMissing = needsText && text.trim() === '';
  if (isMissing || text.length > LONGEST_TEXT) {
    const message = `“${title}”应写明内容，不超过${LONGEST_TEXT}字`;
    throw new Refusal('invalid', `${noun}.text_missing`, message, { field: 'text', rule: basis.text });
  }
  if (serves !== undefined && (!service || service.receiver.trim() === '')) {
    const field = service ? 'receiver' : 'mode';
    throw new Refusal('invalid', `${noun}.service_missing`, `“${title}”应写明送达方式和受送达人`, { field, rule: basis.service });
  }
};

type Recorded = NewEntry<Entry>;

/** The compiler cannot verify that the spreads contain the service's own columns of file and entry. */
const recorded = <T extends Terms>(
  { entryDefaults }: Procedure<T>,
  file: T['file'],
  entry: Recorded,
  changes: Partial<T['file']>,
): T['file'] => ({ ...withEntry<ProcedureFile>(file, { ...entryDefaults, ...entry }), ...changes }) as T['file'];

/**
 * The file after the step. Refuses as `checkStanding`, then `<noun>.text_missing`, `<noun>.service_missing`, and as the
 * procedure's own tables of attachments and entries do.
 */
export const decideStep = <T extends Terms>(
  procedure: Procedure<T>,
  file: T['file'],
  asked: T['asked'],
  around: T['around'],
): T['file'] => {
  const { actor, byName, text, attachmentIds } = asked;
  const step = asked.step as StepOf<T>;
  const person = procedure.personOf(actor);
  const at: At<T> = { file, step, actor, person, around };
  checkStanding(procedure, at);
  checkContent(procedure, asked);
  procedure.attached[step]?.(file, attachmentIds);
  const entry = { step, by: person, byName, at: around.now, text, attachmentIds, ...procedure.entryOf?.(at, asked) };
  const moved = moveOf(procedure, file, step, person);
  return recorded(procedure, file, entry, { ...moved, ...procedure.decisions[step]?.(file, asked, around) });
};

/** A step that no person takes. If it is late or repeated, nothing changes and the same file is returned. */
export const decideFact = <T extends Terms>(
  procedure: Procedure<T>,
  file: T['file'],
  { step, text, now }: { readonly step: StepOf<T>; readonly text: string; readonly now: Date },
): T['file'] => {
  try {
    const moved = moveOf(procedure, file, step, SYSTEM);
    return recorded(procedure, file, { step, by: SYSTEM, byName: '', at: now, text, attachmentIds: [] }, moved);
  } catch (refusal) {
    if (refusal instanceof Refusal) return file;
    throw refusal;
  }
};
