// All use cases of enforcement, built from their ports.
import type { CalendarAt } from '../domain/deadlines/deadline';
import type { Limits } from '@hengji/procedure';
import type { Order } from '../domain/order';
import { answeringAgain } from './answering-again';
import { hearAnswer } from './cases/hear';
import { hearTransfer } from './cases/hear-transfer';
import type { CheckLifting, FindCase, FindOrder, LookAtOrder } from './aftermath/ports';
import { openCase } from './cases/open-case';
import type { Aftermath, Cases, AttachmentsOf, CheckAttachments, CaseDocuments, HandingOver, Packages } from './cases/ports';
import { takeStep } from './cases/take-step';
import { chaseOverdue } from './execution/chase-overdue';
import { draftOrder } from './draft-order';
import { checkNumbers } from './drafts/check-numbers';
import { previewSuperseding } from './drafts/preview-superseding';
import { discardDraft } from './drafts/discard-draft';
import { editDraft } from './drafts/edit-draft';
import { listVersions } from './drafts/list-versions';
import { driveOrder, type Trouble } from './execution/drive-order';
import { decideLeft, listLeft } from './reversal/left-records';
import { liftOrder } from './reversal/lift-order';
import { listFences } from './list-fences';
import type {
  CertificateNumbers,
  Changes,
  DraftVersions,
  Filings,
  InstitutionNames,
  LeftDecisions,
  Numbers,
  Orders,
  Participants,
  Transactions,
} from './ports';
import { previewOrder } from './preview-order';
import type { Holders, Notices, ReceiversOf } from './publicity/ports';
import { previewNotice } from './publicity/preview-notice';
import { viewListed, viewOrder } from './read-order';
import type { Attestations, Certificates, Contents, Evidence, Inclusion, Inclusions, Receipts } from './proof/ports';
import { getCertificate, proveRecord, type ProveRecord } from './proof/prove-record';
import { recordReport, type Strays } from './execution/record-report';
import { confirmDrift, previewDrift } from './residual/confirm-drift';
import { counting } from './residual/count';
import { sweepClosed, sweepNow } from './residual/sweep-closed';
import { remindSilent } from './execution/remind-silent';
import type { LookAtEnforcement } from './remedies/enforcement-time';
import type { Remedies } from './remedies/ports';
import { openingRemedy, takingRemedyStep } from './remedies/take-remedy-step';
import { retryRow } from './execution/retry-row';
import { signOrder } from './sign-order';
import { supersede } from './reversal/supersede-order';
import { resumeOrder, suspendOrder } from './reversal/suspend-order';
import { watchOrder } from './watch-order';

/** What the registers of reconsiderations and suits need. */
export interface RemedyPorts<Tx> {
  readonly remedies: Remedies<Tx>;
  readonly lookAtEnforcement: LookAtEnforcement<Tx>;
  /** Refuses `remedy.stands`. */
  readonly checkMaySign: (tx: Tx, order: Order) => Promise<void>;
  readonly takeTurn: (tx: Tx, caseId: string) => Promise<void>;
  readonly findCase: FindCase<Tx>;
  readonly findOrder: FindOrder<Tx>;
}

export interface World<Tx> extends RemedyPorts<Tx> {
  readonly orders: Orders<Tx>;
  readonly cases: Cases<Tx>;
  readonly documents: CaseDocuments<Tx>;
  readonly deadlines: Limits<Tx>;
  readonly aftermath: Aftermath<Tx>;
  readonly checkLifting: CheckLifting<Tx>;
  readonly lookAtOrder: LookAtOrder<Tx>;
  readonly checkAttachments: CheckAttachments<Tx>;
  readonly attachmentsOf: AttachmentsOf<Tx>;
  readonly packages: Packages<Tx>;
  readonly notices: Notices<Tx>;
  readonly holders: Holders;
  readonly findOrder: FindOrder<Tx>;
  readonly receiversOf: ReceiversOf<Tx>;
  readonly handing: HandingOver<Tx>;
  readonly numbers: Numbers<Tx>;
  readonly strays: Strays<Tx>;
  readonly receipts: Receipts<Tx>;
  readonly attestations: Attestations<Tx>;
  readonly evidence: Evidence<Tx>;
  readonly contents: Contents;
  readonly certificates: Certificates<Tx>;
  readonly inclusions: Inclusions;
  readonly proofOf: (order: Order, asked: ProveRecord, inclusion: Inclusion) => string;
  readonly transactions: Transactions<Tx>;
  readonly participants: Participants;
  readonly leftDecisions: LeftDecisions<Tx>;
  readonly filings: Filings;
  readonly certificateNumbers: CertificateNumbers;
  readonly institutionNames: InstitutionNames;
  readonly draftVersions: DraftVersions;
  readonly calendar: CalendarAt;
  readonly patienceMs: number;
  readonly remindAfterMs: number;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly onTrouble: (trouble: Trouble) => void;
}

export const useCases = <Tx>(world: World<Tx>) => ({
  openCase: answeringAgain(world, openCase(world)),
  // A repeated request finds the notice published: the kept answer is returned.
  takeStep: answeringAgain(world, takeStep(world)),
  previewNotice: previewNotice(world),
  hearTransfer: hearTransfer({ ...world, hearAnswer: hearAnswer(world) }),
  draft: answeringAgain(world, draftOrder(world)),
  edit: answeringAgain(world, editDraft(world)),
  discard: answeringAgain(world, discardDraft(world)),
  previewSuperseding: previewSuperseding(world),
  listVersions: listVersions(world),
  checkNumbers: checkNumbers(world),
  preview: previewOrder(world),
  sign: answeringAgain(world, signOrder(world)),
  lift: liftOrder(world),
  suspend: suspendOrder({ ...world, supersede: supersede(world) }),
  resume: resumeOrder({ ...world, supersede: supersede(world) }),
  openRemedy: openingRemedy({ ...world, limits: world.deadlines, supersede: supersede(world) }),
  takeRemedyStep: takingRemedyStep({ ...world, limits: world.deadlines, supersede: supersede(world) }),
  listLeft: listLeft(world),
  decideLeft: answeringAgain(world, decideLeft(world)),
  retry: retryRow(world),
  drive: driveOrder({ ...world, count: counting(world), supersede: supersede(world) }),
  sweepClosed: sweepClosed({ ...world, count: counting(world) }),
  sweepNow: sweepNow({ ...world, count: counting(world) }),
  previewDrift: previewDrift(world),
  confirmDrift: answeringAgain(world, confirmDrift(world)),
  record: recordReport({ ...world, supersede: supersede(world) }),
  prove: proveRecord(world),
  certificate: getCertificate(world),
  chase: chaseOverdue(world),
  remind: remindSilent(world),
  fences: listFences(world),
  view: viewOrder(world),
  viewListed: viewListed(world),
  watch: (changes: Changes) => watchOrder({ ...world, changes }),
});

export type UseCases<Tx> = ReturnType<typeof useCases<Tx>>;
