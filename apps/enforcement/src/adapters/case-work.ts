// Builds everything for cases: their store, the documents and limits of their steps, the handlers of order events, and the two
// halves of CaseService.
import type { CalendarAt } from '../domain/deadlines/deadline';
import type { CaseServiceImplementation } from '@hengji/contracts/enforcement/v1/case_service';
import { RemedyServiceDefinition } from '@hengji/contracts/enforcement/v1/remedy_service';
import { grpcService, type CallerContext, type GrpcService, type Log, type Part, type Signer } from '@hengji/host';
import { documentService, type Limits } from '@hengji/procedure';
import type { CheckLifting, FindOrder, LookAtOrder } from '../application/aftermath/ports';
import { hearOfOrder } from '../application/cases/hear';
import type { Aftermath, AttachmentsOf, CaseDocuments, Cases, CheckAttachments, HandingOver, Packages } from '../application/cases/ports';
import type { Orders } from '../application/ports';
import type { Notices, ReceiversOf } from '../application/publicity/ports';
import type { RemedyPorts, UseCases } from '../application/use-cases';
import type { CaseAttachments } from './store/cases/case-attachments';
import { fileWork } from './file-work';
import { provinceDataServices } from './province-data-services';
import { taskService } from './task-service';
import { readCaseFile } from './grpc/case-messages';
import { REMEDY_CALLERS } from './grpc/callers';
import { caseServer } from './grpc/case-server';
import { remedyServer } from './grpc/remedies/remedy-server';
import { caseDocuments } from './grpc/document-server';
import { CASE_KIND } from './store/cases/case-documents';
import { publishCaseAdvanced } from './kafka/case-events';
import { caseStore } from './store/cases/case-store';
import { handingOver } from './store/cases/handing-over';
import { packageStore } from './store/cases/package-store';
import type { Database, Tx } from './store/database';
import type { OrderEventStep } from './store/order-store';
import type { OrderTasks } from './store/tasks/order-tasks';
import { transactions } from './store/transactions';

type Server = CaseServiceImplementation<CallerContext>;

export interface CaseWork {
  readonly ports: {
    readonly cases: Cases<Tx>;
    readonly documents: CaseDocuments<Tx>;
    readonly deadlines: Limits<Tx>;
    readonly aftermath: Aftermath<Tx>;
    readonly packages: Packages<Tx>;
    readonly handing: HandingOver<Tx>;
    readonly checkLifting: CheckLifting<Tx>;
    readonly lookAtOrder: LookAtOrder<Tx>;
    readonly checkAttachments: CheckAttachments<Tx>;
    readonly attachmentsOf: AttachmentsOf<Tx>;
    readonly calendar: CalendarAt;
    readonly notices: Notices<Tx>;
    readonly findOrder: FindOrder<Tx>;
    readonly receiversOf: ReceiversOf<Tx>;
  } & RemedyPorts<Tx>;
  /** The gRPC services that change the province's data. */
  readonly provinceData: ReturnType<typeof provinceDataServices>;
  /** The gRPC service of documents. */
  readonly documentService: GrpcService;
  /** The gRPC service of tasks and reminders. */
  readonly tasks: ReturnType<typeof taskService>;
  /** Updates the tasks of an order with each change of that order. */
  readonly orderTasks: OrderTasks;
  /** The parts that watch limits, due documents, and attachments. */
  readonly parts: readonly Part[];
  /** The effects of an order's event on its case and the case file, in the order's transaction. */
  readonly eachOrderEvent: readonly OrderEventStep[];
  server(useCases: Pick<UseCases<Tx>, 'openCase' | 'takeStep' | 'previewNotice'>): Server;
  /** The gRPC service of reconsiderations and suits. */
  remedyService(useCases: Pick<UseCases<Tx>, 'openRemedy' | 'takeRemedyStep'>, orders: Pick<Orders<Tx>, 'get'>): GrpcService;
}

interface Options {
  readonly db: Database;
  readonly attachments: CaseAttachments;
  readonly signer: Signer;
  readonly log: Log;
  readonly now: () => Date;
}

export const caseWork = (options: Options): CaseWork => {
  const { db, now } = options;
  const files = fileWork(options);
  const cases = caseStore(db, publishCaseAdvanced, files.caseTasks);
  const { look: lookAtOrder } = files.orderTasks;
  const ports = { ...files.ports, cases, packages: packageStore, handing: handingOver, checkLifting: files.checkLifting, lookAtOrder };
  const hears = hearOfOrder({ ...ports, now });
  const readFile = readCaseFile({ ...ports, transactions: transactions(db), readBeside: files.readBeside, now });
  return {
    ports,
    provinceData: provinceDataServices(options),
    documentService: documentService(db, { [CASE_KIND]: caseDocuments(cases) }),
    tasks: taskService(options),
    orderTasks: files.orderTasks,
    parts: [files.clock, ...options.attachments.parts],
    remedyService: ({ openRemedy, takeRemedyStep }, orders) =>
      grpcService(
        RemedyServiceDefinition,
        remedyServer({ open: openRemedy, take: takeRemedyStep, remedies: ports.remedies, orders, now }),
        REMEDY_CALLERS,
      ),
    eachOrderEvent: [files.follow, hears, files.followLifting],
    server: ({ openCase, takeStep, previewNotice }) => ({
      ...caseServer({ open: openCase, take: takeStep, preview: previewNotice, cases, readFile }),
      ...files.server(cases, readFile),
    }),
  };
};
