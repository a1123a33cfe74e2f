// Search texts of institutions that an older version wrote without one: made when the service starts, and checked again at intervals while
// versions run mixed.
import { every, searchText, type Log, type Part } from '@hengji/host';
import type { Database } from './database';

const LOOK_MS = 60_000;
const AT_ONCE = 500;

export const searchTexts = ({ db, log }: { readonly db: Database; readonly log: Log }): Part => {
  const work = async (): Promise<'again' | 'done'> => {
    const found = await db.institution.findMany({ where: { searchText: null }, select: { code: true, name: true }, take: AT_ONCE });
    for (const { code, name } of found) await db.institution.update({ where: { code }, data: { searchText: await searchText(name) } });
    return found.length === AT_ONCE ? 'again' : 'done';
  };
  const looking = every(LOOK_MS, { work, failed: (err) => log.warn({ err }, 'search texts of institutions could not be made') });
  return { name: 'search-texts', start: async () => looking.start(), stop: () => looking.stop() };
};
