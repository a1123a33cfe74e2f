// Which tasks a person sees: those that the rule of libs/province gives; for an institution, only the tasks that it has to do itself.
import { execute, type SqlDb } from '@hengji/messaging';
import { closeAfterSuite, EVERY_PLACE, EVERYBODY, openDb, placesOf, scratchDatabase } from '@hengji/testing';
import sql from 'sql-template-tag';
import { listTasks } from '../src/tasks/task-store';

let db: SqlDb;
beforeAll(async () => {
  const { url } = await scratchDatabase();
  const opened = openDb(url);
  closeAfterSuite(opened.close);
  ({ db } = opened);
  for (const { authority, institution } of EVERY_PLACE) {
    for (const role of ['officer', 'institution']) await waiting(role, authority, institution);
  }
});

let tasks = 0;
const waiting = async (role: string, authority: string, institution: string): Promise<void> => {
  tasks += 1;
  await execute(
    db,
    sql`INSERT INTO procedure.task (id, file_kind, file_id, about, step, title, institution, authority, role, post, version, created_at)
     VALUES (${String(tasks)}, 'case', ${String(tasks)}, '', 'TRIAGE', '分办', ${institution}, ${authority}, ${role}, '', 1, now())`,
  );
};

const textOf = ({ authority, institution }: { authority: string; institution: string }): string => `${authority} ${institution}`;

it('shows every person the tasks of their territory', async () => {
  for (const who of EVERYBODY) {
    const { tasks: found } = await listTasks(db, who, { view: 'ALL', after: '', limit: 1_000 });
    const roles = who.role === 'INSTITUTION' ? ['institution'] : ['institution', 'officer'];
    const expected = placesOf(who).flatMap((place) => roles.map((role) => `${textOf(place)} ${role}`));
    expect(found.map((task) => `${textOf(task)} ${task.role}`).toSorted()).toEqual(expected.toSorted());
  }
});
