// The documents of a step as stages of its transaction. One stage creates the document that the step's row issues. Another records the
// service of the document that the row serves.
import { withIssued } from '../tables/documents/document-table';
import type { Procedure } from '../tables/procedure';
import type { Terms } from '../tables/terms';
import { only, rowOf, type Stage } from '../run/step';
import type { Documents } from './documents';

/**
 * Creates the document that the row of the step names (`issues`) and adds it to the record. Runs after the decision, because the document
 * contains the decision's text.
 */
export const issue =
  <Tx, T extends Terms>(procedure: Procedure<T>, { make, table, aboutOf }: Omit<Documents<Tx, T>, 'serve'>): Stage<Tx, T> =>
  async ({ tx, file, asked, around }) => {
    const { issues: kind } = rowOf(procedure, asked);
    if (kind === undefined) return file;
    const by = procedure.personOf(asked.actor);
    const issued = await make(tx, { kind, file, about: aboutOf(file), text: asked.text, by, now: around.now, asked });
    return withIssued(table, file, issued);
  };

/** The last document of this kind in the record; empty when there is none. */
const lastOf = <T extends Terms>({ steps }: Procedure<T>, { entries }: T['file'], kind: T['document']): string =>
  entries.findLast(({ step }) => steps[step as keyof typeof steps].issues === kind)?.documentIds[0] ?? '';

/** Serves the document that the row of the step names (`serves`): the last of its kind in the record. */
export const serve = <Tx, T extends Terms>(procedure: Procedure<T>, documents: Pick<Documents<Tx, T>, 'serve'>): Stage<Tx, T> =>
  only(async ({ tx, file, asked, around: { now, attachments = [] } }) => {
    const { serves } = rowOf(procedure, asked);
    if (serves === undefined || !asked.service) return;
    const by = procedure.personOf(asked.actor);
    await documents.serve(tx, file, lastOf(procedure, file, serves), { delivery: asked.service, attachments, by, now });
  });
