// The acts that a service has written, in the form that a spec compares.
import { query } from '../database';

export interface ActSeen {
  readonly what: string;
  /** `PERSON u1` or `SERVICE exam`. */
  readonly by: string;
  /** `plan p1`. */
  readonly on: string;
  readonly institution: string;
  readonly evidence: readonly string[];
  readonly orderId: string;
  readonly caseId: string;
  readonly purpose: string;
  readonly requestId: string;
}

/** The acts in the service's database, oldest first; only those of one name if `what` is given. */
export const actsIn = (databaseUrl: string, what = ''): Promise<ActSeen[]> =>
  query<ActSeen>(
    databaseUrl,
    `SELECT what, by_kind || ' ' || by_id AS by, record_kind || ' ' || record_id AS "on", institution, evidence, order_id AS "orderId",
       case_id AS "caseId", purpose, request_id AS "requestId"
     FROM procedure.act WHERE $1 = '' OR what = $1 ORDER BY act.id`,
    [what],
  );

/** The acts that the work adds, whoever does them. */
export const actsOfWork = async (databaseUrl: string, work: () => Promise<unknown>): Promise<ActSeen[]> => {
  const before = (await actsIn(databaseUrl)).length;
  await work();
  return (await actsIn(databaseUrl)).slice(before);
};
