// Loads the sample province through the services' streaming import RPCs. Each message has a thousand rows and is
// acknowledged before the next one counts as done. A second run finds all rows already loaded.
import type { ApprovalServiceClient } from '@hengji/contracts/approval/v1/approval_service';
import type { CertificateServiceClient } from '@hengji/contracts/certificate/v1/certificate_service';
import type { ExamServiceClient } from '@hengji/contracts/exam/v1/exam_service';
import type { ExchangeServiceClient } from '@hengji/contracts/exchange/v1/exchange_service';
import type { SubsidyServiceClient } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Bar, Progress } from './progress';
import { certificates, enrolments, payments, plans, shares, totalsOf, uploads } from './records';

const ROWS_PER_MESSAGE = 1000;

export interface ImportTargets {
  readonly approval: Pick<ApprovalServiceClient, 'importInstitutions'>;
  readonly exam: Pick<ExamServiceClient, 'importPlans' | 'importResults'>;
  readonly certificate: Pick<CertificateServiceClient, 'importCertificates'>;
  readonly subsidy: Pick<SubsidyServiceClient, 'importPayments'>;
  readonly exchange: Pick<ExchangeServiceClient, 'importUploads'>;
  /**
   * The state of the ministry's platform before Hengji: sent directly to its simulator, as the institutions would have
   * done.
   */
  readonly ministry: (numbers: readonly string[]) => Promise<void>;
  readonly pseudonym: (idNumber: string) => string;
}

function* inMessages<T>(rows: Iterable<T>): Generator<T[]> {
  let message: T[] = [];
  for (const row of rows) {
    message.push(row);
    if (message.length === ROWS_PER_MESSAGE) {
      yield message;
      message = [];
    }
  }
  if (message.length > 0) yield message;
}

function* flat<A, B>(list: Iterable<A>, walk: (item: A) => Iterable<B>): Generator<B> {
  for (const item of list) yield* walk(item);
}

interface Ack {
  readonly imported: number;
  readonly already: number;
}

/** The data to load: the province of this many certificates, or only the institution of the order. */
export interface Wanted {
  readonly certificates: number;
  readonly onlyFirst: boolean;
  /** One stream after the other, so that each stream can be timed separately. */
  readonly inTurn: boolean;
}

/** The duration of one stream, from its first message to its last acknowledgement. */
export interface StreamFigures {
  readonly stream: string;
  readonly rows: number;
  readonly ms: number;
}

export interface Loaded {
  readonly ms: number;
  readonly streams: readonly StreamFigures[];
}

/** Counts the acknowledgements of one stream: moves its progress bar and measures its time. */
const follow = async (name: string, bar: Bar, acks: AsyncIterable<Ack>): Promise<StreamFigures> => {
  const started = performance.now();
  let rows = 0;
  for await (const ack of acks) {
    rows += ack.imported + ack.already;
    bar.add(ack.imported + ack.already);
  }
  bar.finish();
  return { stream: name, rows, ms: Math.round(performance.now() - started) };
};

async function* wrapped<T, M>(rows: Iterable<T>, wrap: (rows: T[]) => M): AsyncGenerator<M> {
  for (const message of inMessages(rows)) yield wrap(message);
}

/** Loads the requested data through the import endpoints of the services. */
export const loadProvince = async (wanted: Wanted, to: ImportTargets, progress: Progress): Promise<Loaded> => {
  const started = performance.now();
  const parts = shares(wanted.certificates).slice(0, wanted.onlyFirst ? 1 : undefined);
  const expected = totalsOf(parts);
  const bar = progress.open;
  const streams: StreamFigures[] = [];

  const institutions = wrapped(parts, (some) => ({ institutions: some.map((part) => part.institution) }));
  streams.push(await follow('institutions', bar('approval 机构', expected.institutions), to.approval.importInstitutions(institutions)));
  const planned = wrapped(flat(parts, plans), (rows) => ({
    plans: rows.map((row) => row.plan),
    sessions: rows.flatMap((row) => row.sessions),
  }));
  streams.push(await follow('plans', bar('exam 计划', expected.plans), to.exam.importPlans(planned)));
  const results = wrapped(flat(parts, enrolments), (rows) => ({ results: rows.map(({ result, candidate }) => ({ result, candidate })) }));
  streams.push(await follow('results', bar('exam 结果', expected.results), to.exam.importResults(results)));
  const issued = wrapped(flat(parts, certificates), (rows) => ({ certificates: rows }));
  streams.push(await follow('certificates', bar('certificate 证书', expected.certificates), to.certificate.importCertificates(issued)));

  // Uploads and payments depend on the certificates but not on each other.
  const uploading = loadUploads(parts, to, progress);
  if (wanted.inTurn) await uploading;
  const paid = wrapped(
    flat(parts, (part) => payments(part, to.pseudonym)),
    (rows) => ({ payments: rows }),
  );
  const payingBar = bar('subsidy 补贴', Math.round(expected.certificates * 0.6));
  streams.push(...(await Promise.all([uploading, follow('payments', payingBar, to.subsidy.importPayments(paid))])));
  progress.close();
  return { ms: Math.round(performance.now() - started), streams };
};

const loadUploads = (parts: ReturnType<typeof shares>, to: ImportTargets, progress: Progress): Promise<StreamFigures> => {
  const bar = progress.open('exchange 上传', Math.round(parts.reduce((sum, part) => sum + part.certificates, 0) * 0.95));
  const told = async function* () {
    for (const message of inMessages(flat(parts, (part) => uploads(part, to.pseudonym)))) {
      await to.ministry(message.map((row) => row.number));
      yield { uploads: message };
    }
  };
  return follow('uploads', bar, to.exchange.importUploads(told()));
};
