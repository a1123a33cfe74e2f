// The lists of plans and of results pass the checks of every list.
import { LISTS } from '@hengji/contracts/lists';
import { keepsListPromises, LIST_PLACES, tellInstitution, testPerson, type ListPlace } from '@hengji/testing';
import { askedPlan, imported, messages, newInstitution, startExam, type ExamUnderTest } from './exam-under-test';

const CODES: Readonly<Record<ListPlace, string>> = { shenyang: newInstitution(), dalian: newInstitution() };
const party = { institution: CODES.shenyang };

let exam: Promise<ExamUnderTest> | undefined;
const told = async (): Promise<ExamUnderTest> => {
  const started = await startExam();
  for (const place of ['shenyang', 'dalian'] as const) await tellInstitution(started.probe, { code: CODES[place], ...LIST_PLACES[place] });
  return started;
};
const started = (): Promise<ExamUnderTest> => (exam ??= told());

let rows = 0;
const planned = (institution: string, planId: string) => ({
  plans: [{ ...askedPlan(institution), planId, state: 'DONE' as const, examDate: `2025-03-${String(10 + (rows % 3))}` }],
  sessions: [{ sessionId: `${planId}-1`, planId, institution, date: '2025-03-10', area: '210102', venue: '第1考场' }],
});

keepsListPromises(LISTS.plans, async () => {
  const { gateway, loader } = await started();
  return {
    party,
    ask: async (actor, query) => {
      const { plans, ...page } = await gateway.listPlans({ actor, query });
      return { rows: plans, ...page };
    },
    add: async (place, count) => {
      for (let i = 0; i < count; i += 1) {
        rows += 1;
        await imported(loader.importPlans(messages(planned(CODES[place], `p${rows}`))));
      }
    },
  };
});

keepsListPromises(LISTS.results, async () => {
  const { gateway, loader } = await started();
  const sessions = { shenyang: 'rs-1', dalian: 'rd-1' };
  await imported(loader.importPlans(messages(planned(CODES.shenyang, 'rs'), planned(CODES.dalian, 'rd'))));
  return {
    party,
    ask: async (actor, query) => {
      const { results, ...page } = await gateway.listResults({ actor, query });
      return { rows: results, ...page };
    },
    add: async (place, count) => {
      const results = Array.from({ length: count }, () => {
        rows += 1;
        const result = { resultId: `r${rows}`, sessionId: sessions[place], institution: CODES[place], state: 'PUBLISHED' as const };
        return { result: { ...result, theoryTenths: 600 + (rows % 3), skillTenths: 650 }, candidate: testPerson(rows) };
      });
      await imported(loader.importResults(messages({ results })));
    },
  };
});
