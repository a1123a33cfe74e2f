// Imports existing filings (历史数据). One message is one transaction, all or nothing. A filing that exists already must be equal. So another
// filing can never take over a code, not even that of a removed institution.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { isUscc } from '@hengji/province';
import { checkFiling, type Filing, type FilingClaim, sameFiling } from '../domain/institution';
import type { Ports } from './ports';

/** The most institutions of one message. */
export const MOST_INSTITUTIONS = 1000;

export interface Imported {
  readonly imported: number;
  readonly already: number;
}

const taken = (i: number, removed: boolean): Refusal => {
  const message = removed ? '该机构已被移出目录，其机构代码不得再次使用' : '机构代码已被内容不同的备案占用';
  return new Refusal('conflict', 'institution.code_taken', message, { field: `institutions[${i}].code`, rule: 'N2.3a' });
};

/** The filings with each code once; two equal filings count as one. */
const onceEach = (filings: readonly Filing[]): Filing[] => {
  const byCode = new Map<string, Filing>();
  filings.forEach((filing, i) => {
    const earlier = byCode.get(filing.code);
    if (earlier && !sameFiling(earlier, filing)) throw taken(i, false);
    byCode.set(filing.code, filing);
  });
  // In order of code: two messages at the same time lock rows in the same order, so they cannot deadlock.
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
};

/** Imports one message, all in `tx`. Refuses import.too_many, institution.* (see checkFiling), institution.code_taken. */
export const importInstitutions =
  <Tx>({ filings, announce, now, filedForDays }: Ports<Tx>) =>
  async (tx: Tx, claims: readonly FilingClaim[]): Promise<Imported> => {
    if (claims.length > MOST_INSTITUTIONS) {
      const message = `一次最多导入${MOST_INSTITUTIONS}家机构，收到${claims.length}家`;
      throw new Refusal('tooMuch', 'import.too_many', message, { field: 'institutions', rule: `最多${MOST_INSTITUTIONS}条` });
    }
    const today = dayOf(now());
    const wrong = claims.map(({ uscc }) => uscc).filter((uscc) => !isUscc(uscc));
    const confirmed = await filings.confirmedUsccs(tx, wrong);
    const given = claims.map((claim, i) => checkFiling(claim, today, `institutions[${i}]`, { confirmed, withinDays: filedForDays }));
    const distinct = onceEach(given);
    const added = await filings.add(tx, distinct, now());
    const stored = await filings.find(
      tx,
      distinct.map(({ code }) => code),
    );
    given.forEach((filing, i) => {
      const record = stored.get(filing.code);
      if (!record || !sameFiling(record.filing, filing)) throw taken(i, record?.state === 'REMOVED');
    });
    for (const { code } of distinct) {
      const record = stored.get(code);
      if (record && added.has(code)) await announce(tx, record);
    }
    return { imported: added.size, already: given.length - added.size };
  };
