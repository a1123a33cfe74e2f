// What the filing (备案) says about an upload (N3.7d): a certificate is uploaded while the filing covers its exam and is neither removed nor held.
import { Refusal } from '@hengji/domain-kit';
import { filingObstacle } from '@hengji/province';

/** What approval is asked about; all uploads of one exam share one answer. */
export interface Exam {
  readonly occupation: string;
  readonly level: string;
  /** YYYY-MM-DD. */
  readonly examDate: string;
}

export interface ExamAnswer extends Exam {
  /** approval's reason code; empty when permitted. */
  readonly obstacle: string;
}

/** Answers that were asked before the transaction. */
export interface FilingStanding {
  readonly answers: readonly ExamAnswer[];
  /** The time of the question, for the guard: the guard finds orders that were placed or completed after this time. */
  readonly askedAt: Date;
}

/** Refuses the sending of these uploads again, with approval's reason (filing.*, institution.unknown). */
export const checkFiled = ({ answers }: FilingStanding): void => {
  const against = answers.find(({ obstacle }) => obstacle !== '');
  if (!against) return;
  const message = `${filingObstacle(against.obstacle)}，不能向部平台上传`;
  throw new Refusal('illegalMove', against.obstacle, message, { field: 'message_id', rule: 'N3.7d' });
};
