// Import streams: each message is one transaction, acknowledged after its commit. A faulty message is refused as a whole and ends the
// stream; acknowledged messages stay.
import type { ExamServiceImplementation } from '@hengji/contracts/exam/v1/exam_service';
import type { CallerContext } from '@hengji/host';
import { onBatch, recorded, type Doing, type Done } from '@hengji/procedure';
import { importPlans } from '../../application/import-plans';
import { importResults } from '../../application/import-results';
import type { Ports } from '../../application/ports';
import { typedNumber, typedOccupationCode } from '@hengji/province';
import type { Database, Tx } from '../store/database';
import { doing } from './acts';

const IMPORT_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;

/** Codes as a file has them: in lower case, with spaces or hyphens. */
const typedCodes = <T extends { institution: string; occupation?: string }>(row: T) => ({
  ...row,
  institution: typedNumber(row.institution),
  ...(row.occupation === undefined ? {} : { occupation: typedOccupationCode(row.occupation) }),
});

type Imports = Pick<ExamServiceImplementation<CallerContext>, 'importPlans' | 'importResults'>;

export const examImports = ({ db, ports }: { readonly db: Database; readonly ports: Ports<Tx> }): Imports => {
  const write = <T>(done: Doing, work: (tx: Tx) => Promise<Done<T>>): Promise<T> =>
    db.$transaction((tx) => recorded(tx, done, () => work(tx)), IMPORT_LIMITS);
  return {
    importPlans: async function* (requests, call) {
      for await (const given of requests) {
        const request = { ...given, plans: given.plans.map(typedCodes), sessions: given.sessions.map(typedCodes) };
        const plans = request.plans.map(({ planId, institution }) => ({ id: planId, institution }));
        // A message may contain sessions of plans that were imported before.
        const sessions = request.sessions.map(({ sessionId }) => ({ id: sessionId, institution: plans[0]?.institution ?? '' }));
        yield await write(doing('importPlans', {}, call), async (tx) => ({
          answer: await importPlans(ports)(tx, request),
          ...onBatch([...plans, ...sessions]),
        }));
      }
    },
    importResults: async function* (requests, call) {
      for await (const request of requests) {
        const results = request.results.map((row) => ({ ...row, ...(row.result && { result: typedCodes(row.result) }) }));
        const rows = results.map(({ result }) => ({ id: result?.resultId ?? '', institution: result?.institution ?? '' }));
        yield await write(doing('importResults', {}, call), async (tx) => ({
          answer: await importResults(ports)(tx, results),
          ...onBatch(rows),
        }));
      }
    },
  };
};
