// Everything that a case file has beside the case, in one hand: documents, limits, attachments, rectifications, follow-ups; the
// clock that looks after them, and what an order's events set going among them.
import { randomUUID } from 'node:crypto';
import type { Log, Part, Signer } from '@hengji/host';
import { announceLimits, limitClock, limits as limitsOf, limitStore, recountLimits, remind } from '@hengji/procedure';
import type { Limit, LimitTable } from '@hengji/procedure/tables';
import { followOrder } from '../application/aftermath/follow-order';
import { aftermath, finish, handInEvidence, recheck, rectificationGate } from '../application/aftermath/rectify';
import type { Cases } from '../application/cases/ports';
import { followPassed } from '../application/deadlines/follow-passed';
import { addAttachment } from '../application/documents/attachments';
import { issueByHand, makeOwed, serveByHand } from '../application/documents/by-hand';
import { documents } from '../application/documents/documents';
import { limitTable } from '../domain/deadlines/deadline';
import type { CaseAttachments } from './store/cases/case-attachments';
import { documentServer, type DocumentServerDeps } from './grpc/document-server';
import { readBeside } from './grpc/file-messages';
import { publishDeadline } from './kafka/deadline-events';
import { press } from './press';
import { followUpStore, owedStore, rectificationStore } from './store/cases/aftermath-store';
import { calendarInForce, calendarStore } from './store/cases/calendar-store';
import { caseTasks } from './store/cases/case-tasks';
import { documentStore } from './store/cases/document-store';
import { findCase, findOrder } from './store/cases/in-transaction';
import { hasRecovery } from './store/cases/recoveries';
import type { Database, Tx } from './store/database';
import { numberStore } from './store/number-store';
import { transactions as transactionsOf } from './store/transactions';

interface Options {
  readonly db: Database;
  readonly attachments: CaseAttachments;
  readonly signer: Signer;
  readonly log: Log;
  readonly now: () => Date;
}

const stores = (db: Database, table: LimitTable) => ({
  documentsKept: documentStore(db),
  limitsKept: limitStore<Tx>(db, table),
  rectifications: rectificationStore,
  followUps: followUpStore,
  owed: owedStore(db),
});

/** What the parts below share; each takes what it needs. */
const world = ({ db, attachments, signer, log, now }: Options) => {
  const years = calendarInForce(calendarStore(db));
  const table = limitTable(years.current);
  const kept = stores(db, table);
  const newId = randomUUID;
  const limits = limitsOf<Tx>({ store: kept.limitsKept, table, newId });
  return {
    ...kept,
    years,
    table,
    calendar: years.current,
    store: kept.documentsKept,
    attachments,
    limits,
    followPassed: followPassed<Tx>({ limits, hasRecovery }),
    numbers: numberStore,
    press: press(signer),
    transactions: transactionsOf(db),
    checkAttachments: attachments.rows.check,
    onTrouble: (failure: unknown, what: string): void => log.warn({ err: failure, what }, 'could not be done now; it is put off'),
    findCase,
    findOrder,
    newId,
    now,
  };
};

const clock = (all: ReturnType<typeof world>, { db, log, now }: Options): Part => {
  const tasks = caseTasks(db, { now, calendar: all.calendar });
  const ofLimits = {
    ...{ ...all, store: all.limitsKept },
    publish: async (tx: Tx, limit: Limit, at: Date): Promise<void> => {
      await publishDeadline(tx, limit, at);
      await remind(tx, all.table, limit, at);
    },
    followPassed: async (tx: Tx, passed: Limit): Promise<void> => {
      await all.followPassed(tx, passed);
      await tasks.look(tx, passed.fileId);
    },
  };
  const recount = async (): Promise<void> => {
    await recountLimits<Tx>(ofLimits)();
    await tasks.catchUp();
  };
  return limitClock({
    recount,
    yearsChanged: all.years.refresh,
    looks: [announceLimits<Tx>(ofLimits), makeOwed<Tx>(all)],
    log,
  });
};

export const fileWork = (options: Options) => {
  const all = world(options);
  return {
    ports: {
      documents: documents<Tx>(all),
      deadlines: all.limits,
      aftermath: aftermath<Tx>(all),
      checkAttachments: all.checkAttachments,
      calendar: all.calendar,
    },
    /** For each event of an order, in its transaction. */
    follow: followOrder<Tx>(all),
    /** For each lifting, in its transaction: refuses `order.rectification_open`. */
    checkLifting: rectificationGate<Tx>(all),
    readBeside: readBeside({ ...all, documents: all.documentsKept, attachments: all.attachments.rows }),
    clock: clock(all, options),
    server: (cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>, readFile: DocumentServerDeps['readFile']) =>
      documentServer({
        issue: issueByHand<Tx>(all),
        serve: serveByHand<Tx>(all),
        attach: addAttachment<Tx>({ ...all, rows: all.attachments.rows, cases }),
        handIn: handInEvidence<Tx>(all),
        recheck: recheck<Tx>(all),
        finish: finish<Tx>(all),
        documents: all.documentsKept,
        attachments: { ...all.attachments, get: (id) => all.attachments.rows.get(options.db, id) },
        limits: all.limitsKept,
        cases,
        transactions: all.transactions,
        readFile,
      }),
  };
};
