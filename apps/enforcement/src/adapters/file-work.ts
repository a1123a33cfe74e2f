// Builds the parts of a case file beside the case: documents, limits, attachments, rectifications, follow-ups; the clock for
// them, and the effects of an order's events on them.
import { randomUUID } from 'node:crypto';
import type { Log, Part, Signer } from '@hengji/host';
import { renderPdf } from '@hengji/documents';
import {
  announceLimits,
  documents as documentsOf,
  limitClock,
  limits as limitsOf,
  limitStore,
  makeOwed,
  owe,
  press,
  recountLimits,
  remind,
} from '@hengji/procedure';
import type { Limit, LimitTable } from '@hengji/procedure/tables';
import { followOrder } from '../application/aftermath/follow-order';
import { aftermath, finish, handInEvidence, recheck, rectificationGate } from '../application/aftermath/rectify';
import type { Cases } from '../application/cases/ports';
import { followPassed } from '../application/deadlines/follow-passed';
import { checkMaySign, followLifting } from '../application/remedies/follow-lifting';
import { lookAtEnforcement } from '../application/remedies/enforcement-time';
import { addAttachment } from '../application/documents/attachments';
import { issueByHand, serveByHand } from '../application/documents/by-hand';
import { caseFacts } from '../application/documents/case-facts';
import type { DocumentKind } from '../domain/cases/case';
import { CASE } from '../domain/cases/take-step';
import type { CaseTerms } from '../domain/cases/terms';
import { limitTable } from '../domain/deadlines/deadline';
import { DOCUMENTS } from '../domain/documents/templates';
import type { CaseAttachments } from './store/cases/case-attachments';
import { documentServer, type DocumentServerDeps } from './grpc/document-server';
import { deadlineMessages } from './grpc/deadline-messages';
import { readBeside } from './grpc/file-messages';
import { publishDeadline } from './kafka/deadline-events';
import { followUpStore, rectificationStore } from './store/cases/aftermath-store';
import { CASE_DOCUMENTS, CASE_KIND } from './store/cases/case-documents';
import { noticeStore } from './store/cases/notice-store';
import { findCase, findOrder, takeTurnOfCase } from './store/cases/in-transaction';
import { recoveryOrders } from './store/cases/recoveries';
import { remedyStore } from './store/remedies/remedy-store';
import type { Database, Tx } from './store/database';
import { limitList } from './store/cases/limit-list';
import { calendarStore } from './store/province-data/calendar-store';
import { dataInForce } from './store/province-data/in-force';
import { parameterStore } from './store/province-data/parameter-store';
import { caseTasks } from './store/tasks/case-tasks';
import { orderTasks } from './store/tasks/order-tasks';
import { transactions as transactionsOf } from './store/transactions';

interface Options {
  readonly db: Database;
  readonly attachments: CaseAttachments;
  readonly signer: Signer;
  readonly log: Log;
  readonly now: () => Date;
}

const stores = (db: Database, table: LimitTable) => ({
  store: CASE_DOCUMENTS,
  limitsKept: limitStore<Tx>(db, table),
  rectifications: rectificationStore,
  followUps: followUpStore,
  notices: noticeStore,
  owe: owe<DocumentKind>(CASE_KIND),
});

/** The dependencies that the parts below share. */
const world = ({ db, attachments, signer, log, now }: Options) => {
  const data = dataInForce({ calendars: calendarStore(db), parameters: parameterStore(db) });
  const table = limitTable(data);
  const kept = stores(db, table);
  const newId = randomUUID;
  const tasksOfOrders = orderTasks(db, { now });
  const limits = limitsOf<Tx>({ store: kept.limitsKept, table, newId });
  const remedies = remedyStore(db, now);
  const looking = lookAtEnforcement<Tx>({ limits, remedies, enforceable: recoveryOrders, now });
  return {
    ...kept,
    data,
    deadlineMessage: deadlineMessages(data),
    table,
    calendar: data.calendar,
    orderTasks: tasksOfOrders,
    caseTasks: caseTasks(db, tasksOfOrders, { now, calendar: data.calendar }),
    lookAtOrder: tasksOfOrders.look,
    documents: documentsOf<Tx, CaseTerms>({
      ...{ procedure: CASE, table: DOCUMENTS, store: CASE_DOCUMENTS, counting: table.counting, newId },
      press: press({ render: renderPdf, signer }),
      factsOf: caseFacts({ findOrder, notices: noticeStore, remedies, amounts: data.amounts }),
      aboutOf: ({ entries }) => entries.at(-1)?.orderId ?? '',
    }),
    attachments,
    limits,
    remedies,
    lookAtEnforcement: looking,
    followPassed: followPassed<Tx>({ lookAtEnforcement: looking }),
    transactions: transactionsOf(db),
    checkAttachments: attachments.rows.check,
    attachmentsOf: attachments.rows.ofFile,
    onTrouble: (failure: unknown, what: string): void => log.warn({ err: failure, what }, 'could not be done now; it is put off'),
    findCase,
    findOrder,
    takeTurn: takeTurnOfCase,
    newId,
    now,
  };
};

const clock = (all: ReturnType<typeof world>, { db, log }: Options): Part => {
  const ofLimits = {
    ...{ ...all, store: all.limitsKept },
    publish: async (tx: Tx, limit: Limit, at: Date): Promise<void> => {
      await publishDeadline(tx, { limit, deadline: all.deadlineMessage(limit) }, at);
      await remind(tx, all.table, limit, at);
    },
    followPassed: async (tx: Tx, passed: Limit): Promise<void> => {
      await all.followPassed(tx, passed);
      await all.caseTasks.look(tx, passed.fileId);
    },
  };
  const recount = async (): Promise<void> => {
    await recountLimits<Tx>(ofLimits)();
    await all.caseTasks.catchUp();
    await all.orderTasks.catchUp();
  };
  return limitClock({
    recount,
    dataChanged: all.data.refresh,
    looks: [announceLimits<Tx>(ofLimits), makeOwed<Tx, CaseTerms>({ ...all, fileKind: CASE_KIND, db, findFile: findCase })],
    log,
  });
};

export const fileWork = (options: Options) => {
  const all = world(options);
  return {
    ports: {
      documents: all.documents,
      deadlines: all.limits,
      aftermath: aftermath<Tx>(all),
      checkAttachments: all.checkAttachments,
      attachmentsOf: all.attachmentsOf,
      calendar: all.calendar,
      notices: all.notices,
      receiversOf: async (tx: Tx, caseId: string) =>
        (await CASE_DOCUMENTS.ofFile(tx, caseId)).flatMap(({ delivery }) => (delivery ? [delivery.receiver, delivery.witness] : [])),
      remedies: all.remedies,
      lookAtEnforcement: all.lookAtEnforcement,
      checkMaySign: checkMaySign<Tx>(all),
      ...{ takeTurn: all.takeTurn, findCase: all.findCase, findOrder: all.findOrder },
    },
    /** Runs for each event of an order, in its transaction. */
    follow: followOrder<Tx>(all),
    /** Runs for each event of an order, in its transaction: a lifting carries out the result of a remedy. */
    followLifting: followLifting<Tx>(all),
    /** Runs for each lifting, in its transaction: refuses `order.rectification_open`. */
    checkLifting: rectificationGate<Tx>(all),
    readBeside: readBeside({ ...all, documents: CASE_DOCUMENTS, attachments: all.attachments.rows, recounts: all.limitsKept.recounts }),
    clock: clock(all, options),
    caseTasks: all.caseTasks,
    orderTasks: all.orderTasks,
    server: (cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>, readFile: DocumentServerDeps['readFile']) =>
      documentServer({
        issue: issueByHand<Tx>(all),
        serve: serveByHand<Tx>(all),
        attach: addAttachment<Tx>({ ...all, rows: all.attachments.rows, cases }),
        handIn: handInEvidence<Tx>(all),
        recheck: recheck<Tx>(all),
        finish: finish<Tx>(all),
        attachments: { ...all.attachments, get: (id) => all.attachments.rows.get(options.db, id) },
        listLimits: limitList(options.db, all.limitsKept),
        recounts: (ids) => all.limitsKept.recounts(options.db, ids),
        deadlineMessage: all.deadlineMessage,
        cases,
        db: options.db,
        readFile,
      }),
  };
};
