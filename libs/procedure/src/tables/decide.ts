// A step as a decision: returns the file after the step, or refuses. The documents that the step issues are not included; the code that
// runs the step adds them (`withDocument`).
import { Refusal } from '@hengji/domain-kit';
import { checkDelivery } from './documents/delivery';
import { withEntry, type At, type NewEntry, type Procedure, type StepOf } from './procedure';
import { checkStanding, moveOf, particularsOf } from './standing';
import { SYSTEM, type Asked, type Entry, type ProcedureFile, type Terms } from './terms';

/** Maximum number of characters in the text of a step. */
export const LONGEST_TEXT = 5_000;

/** Refuses `<noun>.text_missing`. */
const checkText = <T extends Terms>({ steps, wording }: Procedure<T>, { step, text }: Asked): void => {
  const { needsText, leastText = 1, title } = steps[step as StepOf<T>];
  const { noun, basis } = wording;
  const isMissing = needsText && text.trim().length < leastText;
  if (isMissing || text.length > LONGEST_TEXT) {
    const least = leastText > 1 ? `不少于${leastText}字，` : '';
    const message = `“${title}”应写明内容，${least}不超过${LONGEST_TEXT}字`;
    throw new Refusal('invalid', `${noun}.text_missing`, message, { field: 'text', rule: basis.text });
  }
};

/** The last entry of the record that issued a document of this kind. */
const issuedAt = <T extends Terms>({ steps }: Procedure<T>, { entries }: T['file'], kind: T['document']): Date | undefined =>
  entries.findLast(({ step }) => steps[step as StepOf<T>].issues === kind)?.at;

/** Refuses `<noun>.service_missing`, and as `checkDelivery`. */
const checkService = <T extends Terms>(procedure: Procedure<T>, file: T['file'], { step, service }: Asked, around: T['around']): void => {
  const { serves, title } = procedure.steps[step as StepOf<T>];
  const { noun, basis } = procedure.wording;
  if (serves === undefined) return;
  const isNobody = service?.mode !== 'PUBLIC_NOTICE' && service?.receiver.trim() === '';
  if (!service || isNobody) {
    const field = service ? 'receiver' : 'mode';
    throw new Refusal('invalid', `${noun}.service_missing`, `“${title}”应写明送达方式和受送达人`, { field, rule: basis.service });
  }
  const { now, attachments = [] } = around;
  checkDelivery(service, { issuedAt: issuedAt(procedure, file, serves) ?? now, now, attachments }, basis.service);
};

/** Refuses `<noun>.evidence_missing`: an attachment of the step must be of one of the kinds that its row names. */
const checkEvidence = <T extends Terms>(
  { steps, wording }: Procedure<T>,
  { step, attachmentIds }: Asked,
  { attachments = [] }: T['around'],
): void => {
  const { evidence, title } = steps[step as StepOf<T>];
  const { noun, basis } = wording;
  if (evidence === undefined) return;
  if (attachments.some(({ id, kind }) => attachmentIds.includes(id) && evidence.includes(kind))) return;
  const message = `“${title}”应附至少一份法定种类的证据（“其他材料”不是证据）`;
  throw new Refusal('invalid', `${noun}.evidence_missing`, message, {
    field: 'attachment_ids',
    rule: basis.evidence ?? basis.text,
  });
};

type Recorded = NewEntry<Entry>;

/** The compiler cannot verify that the spreads contain the service's own columns of file and entry. */
const recorded = <T extends Terms>(
  { entryDefaults }: Procedure<T>,
  file: T['file'],
  entry: Recorded,
  changes: Partial<T['file']>,
): T['file'] => ({ ...withEntry<ProcedureFile>(file, { ...entryDefaults, ...entry }), ...changes }) as T['file'];

/** Refuses as the procedure's table of particulars does. */
const checkParticulars = <T extends Terms>(procedure: Procedure<T>, at: At<T>, asked: T['asked']): void => {
  for (const word of particularsOf(procedure, at)) procedure.particulars?.[word as T['particular']]?.(at, asked);
};

/**
 * The file after the step. Refuses as `checkStanding`, then `<noun>.text_missing`, `<noun>.service_missing`, as `checkDelivery`,
 * `<noun>.evidence_missing`, and as the procedure's own tables of particulars, attachments and entries do.
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
  checkText(procedure, asked);
  checkService(procedure, file, asked, around);
  checkEvidence(procedure, asked, around);
  checkParticulars(procedure, at, asked);
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
