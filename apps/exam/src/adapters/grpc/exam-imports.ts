// Import streams: each message is one transaction, answered by one acknowledgement once it is committed. A faulty
// message is refused whole and ends the stream; what was acknowledged before stays.
import type { ExamServiceImplementation } from '@hengji/contracts/exam/v1/exam_service';
import { importPlans } from '../../application/import-plans';
import { importResults } from '../../application/import-results';
import type { Ports } from '../../application/ports';
import type { Database, Tx } from '../store/database';

const IMPORT_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;

type Imports = Pick<ExamServiceImplementation, 'importPlans' | 'importResults'>;

export const examImports = ({ db, ports }: { readonly db: Database; readonly ports: Ports<Tx> }): Imports => ({
  importPlans: async function* (requests) {
    for await (const request of requests) {
      yield await db.$transaction((tx) => importPlans(ports)(tx, request), IMPORT_LIMITS);
    }
  },
  importResults: async function* (requests) {
    for await (const request of requests) {
      yield await db.$transaction((tx) => importResults(ports)(tx, request.results), IMPORT_LIMITS);
    }
  },
});
