// Everything that leads a case, in one hand: its store, the documents and limits of its steps, what its orders tell it, and the
// two halves of its service.
import type { CaseServiceImplementation } from '@hengji/contracts/enforcement/v1/case_service';
import { dayOf } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import { randomUUID } from 'node:crypto';
import { hearOfOrder } from '../application/cases/hear';
import type { Aftermath, Cases, Deadlines, Documents, Packages } from '../application/cases/ports';
import type { UseCases } from '../application/use-cases';
import type { Order, OrderEvent } from '../domain/order';
import { NOTHING_BESIDE, readCaseFile } from './grpc/case-messages';
import { caseServer } from './grpc/case-server';
import { publishCaseAdvanced } from './kafka/case-events';
import { caseStore } from './store/cases/case-store';
import { packageStore } from './store/cases/package-store';
import type { Database, Tx } from './store/database';
import { numberStore } from './store/number-store';
import { transactions } from './store/transactions';

type Publish = (tx: Tx, order: Order, event: OrderEvent) => Promise<void>;
type Server = CaseServiceImplementation<CallerContext>;

export interface CaseWork {
  readonly ports: {
    readonly cases: Cases<Tx>;
    readonly documents: Documents<Tx>;
    readonly deadlines: Deadlines<Tx>;
    readonly aftermath: Aftermath<Tx>;
    readonly packages: Packages<Tx>;
  };
  /** The same, and the case of the order hears of it in the same transaction. */
  hearing(publish: Publish): Publish;
  server(useCases: Pick<UseCases<Tx>, 'openCase' | 'takeStep'>): Server;
}

const numberOnly: Documents<Tx> = {
  issue: async (tx, { kind, theCase, now }) => {
    const counter = {
      series: kind === 'DECISION' ? 'order' : 'case',
      authority: theCase.authority,
      year: Number(dayOf(now).slice(0, 4)),
    } as const;
    return { id: randomUUID(), kind, number: await numberStore.documentNumber(tx, counter) };
  },
  serve: async () => undefined,
};
const noLimits: Deadlines<Tx> = { start: async () => undefined, meet: async () => undefined, cancel: async () => undefined };
const nothingLeft: Aftermath<Tx> = { open: async () => [] };
const notThere = async (): Promise<never> => {
  throw new Error('document-server.ts is not there yet');
};
const documentServer = {
  listDeadlines: notThere,
  getDocument: notThere,
  issueDocument: notThere,
  serveDocument: notThere,
  addAttachment: notThere,
  getAttachment: notThere,
  giveEvidence: notThere,
  checkRectification: notThere,
  finishFollowUp: notThere,
};

export const caseWork = (db: Database, now: () => Date): CaseWork => {
  const cases = caseStore(db, publishCaseAdvanced);
  const ports = { cases, documents: numberOnly, deadlines: noLimits, aftermath: nothingLeft, packages: packageStore };
  const hears = hearOfOrder({ ...ports, now });
  const readFile = readCaseFile({ ...ports, transactions: transactions(db), readBeside: async () => NOTHING_BESIDE, now });
  return {
    ports,
    hearing: (publish) => async (tx, order, event) => {
      await publish(tx, order, event);
      await hears(tx, order, event);
    },
    server: ({ openCase, takeStep }) => ({ ...caseServer({ open: openCase, take: takeStep, cases, readFile }), ...documentServer }),
  };
};
