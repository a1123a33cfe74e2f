// Loads the sample province through the services' streaming import RPCs, a message of a thousand rows at a time, each
// answered before the next is counted as done. A second run finds everything already there.
import type { ApprovalServiceClient } from '@hengji/contracts/approval/v1/approval_service';
import type { CertificateServiceClient } from '@hengji/contracts/certificate/v1/certificate_service';
import type { ExamServiceClient } from '@hengji/contracts/exam/v1/exam_service';
import type { ExchangeServiceClient } from '@hengji/contracts/exchange/v1/exchange_service';
import type { SubsidyServiceClient } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Progress } from './progress';
import { SIZES, type Size, certificates, enrolments, payments, plans, shares, totals, uploads } from './records';

const ROWS_PER_MESSAGE = 1000;

export interface ImportTargets {
  readonly approval: Pick<ApprovalServiceClient, 'importInstitutions'>;
  readonly exam: Pick<ExamServiceClient, 'importPlans' | 'importResults'>;
  readonly certificate: Pick<CertificateServiceClient, 'importCertificates'>;
  readonly subsidy: Pick<SubsidyServiceClient, 'importPayments'>;
  readonly exchange: Pick<ExchangeServiceClient, 'importUploads'>;
  /** What stood at the ministry's platform before Hengji: told to the platform itself, as the institutions had done. */
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

/** Sends the messages of one stream and moves the bar as each is acknowledged. */
const stream = async <T, M>(
  bar: { add(rows: number): void },
  rows: Iterable<T>,
  wrap: (rows: T[]) => M,
  call: (messages: AsyncIterable<M>) => AsyncIterable<Ack>,
): Promise<void> => {
  const messages = async function* (): AsyncGenerator<M> {
    for (const message of inMessages(rows)) yield wrap(message);
  };
  for await (const ack of call(messages())) bar.add(ack.imported + ack.already);
};

/** Loads all of one size; returns how long it took, in milliseconds. */
export const loadProvince = async (size: Size, to: ImportTargets, progress: Progress): Promise<number> => {
  const started = performance.now();
  const parts = shares(SIZES[size]);
  const expected = totals(SIZES[size]);
  const bar = progress.open;

  await stream(
    bar('approval 机构', expected.institutions),
    parts.map((part) => part.institution),
    (institutions) => ({ institutions }),
    (messages) => to.approval.importInstitutions(messages),
  );
  await stream(
    bar('exam 计划', expected.plans),
    flat(parts, plans),
    (rows) => ({ plans: rows.map((row) => row.plan), sessions: rows.flatMap((row) => row.sessions) }),
    (messages) => to.exam.importPlans(messages),
  );
  await stream(
    bar('exam 结果', expected.results),
    flat(parts, enrolments),
    (rows) => ({ results: rows.map(({ result, candidate }) => ({ result, candidate })) }),
    (messages) => to.exam.importResults(messages),
  );
  await stream(
    bar('certificate 证书', expected.certificates),
    flat(parts, certificates),
    (rows) => ({ certificates: rows }),
    (messages) => to.certificate.importCertificates(messages),
  );
  // What was uploaded and what was paid hang on the certificates but not on each other.
  await Promise.all([
    loadUploads(parts, to, progress),
    stream(
      bar('subsidy 补贴', Math.round(expected.certificates * 0.6)),
      flat(parts, (part) => payments(part, to.pseudonym)),
      (rows) => ({ payments: rows }),
      (messages) => to.subsidy.importPayments(messages),
    ),
  ]);
  progress.close();
  return performance.now() - started;
};

const loadUploads = async (parts: ReturnType<typeof shares>, to: ImportTargets, progress: Progress): Promise<void> => {
  const bar = progress.open('exchange 上传', Math.round(parts.reduce((sum, part) => sum + part.certificates, 0) * 0.95));
  const told = async function* () {
    for (const message of inMessages(flat(parts, (part) => uploads(part, to.pseudonym)))) {
      await to.ministry(message.map((row) => row.number));
      yield { uploads: message };
    }
  };
  for await (const ack of to.exchange.importUploads(told())) bar.add(ack.imported + ack.already);
};
