// The life cycle of an upload at the ministry's platform (N3.7d). In-flight states (SENDING, WITHDRAWING, RESTORING) exist because the platform may
// have carried out a request whose answer was lost. Such a record counts as standing until the platform answers.
import { type Lifecycle } from '@hengji/domain-kit';

export type UploadState =
  | 'WAITING' // 待上传, or on hold
  | 'SENDING' // 上传中
  | 'UPLOADED' // 已上传
  | 'REJECTED' // 上传被拒
  | 'WITHDRAWING' // 撤回中
  | 'WITHDRAWAL_REJECTED' // 撤回被拒: the platform still has it
  | 'WITHDRAWN' // 已撤回
  | 'RESTORING'; // 恢复上传中

export type UploadAction = 'send' | 'accept' | 'reject' | 'withdraw' | 'confirmWithdrawal' | 'refuseWithdrawal' | 'restore' | 'keep';

export const UPLOAD_LIFECYCLE = {
  WAITING: { send: 'SENDING' },
  SENDING: { accept: 'UPLOADED', reject: 'REJECTED' },
  UPLOADED: { withdraw: 'WITHDRAWING' },
  REJECTED: { send: 'SENDING' },
  WITHDRAWING: { confirmWithdrawal: 'WITHDRAWN', refuseWithdrawal: 'WITHDRAWAL_REJECTED' },
  // `keep`: the order that demanded the withdrawal was lifted, and the platform still has the record.
  WITHDRAWAL_REJECTED: { withdraw: 'WITHDRAWING', keep: 'UPLOADED' },
  WITHDRAWN: { restore: 'RESTORING' },
  RESTORING: { accept: 'UPLOADED', reject: 'REJECTED' },
} as const satisfies Lifecycle<UploadState, UploadAction>;

const states = Object.keys(UPLOAD_LIFECYCLE) as UploadState[];

/** The states that allow an action; SQL that changes sets of rows selects by these states. */
export const statesAllowing = (action: UploadAction): UploadState[] => states.filter((state) => action in UPLOAD_LIFECYCLE[state]);

/** True where the platform has the record, or may have it. An order withdraws these records, and a residual counts them. */
export const STANDING = {
  WAITING: false,
  SENDING: true,
  UPLOADED: true,
  REJECTED: false,
  WITHDRAWING: true,
  WITHDRAWAL_REJECTED: true,
  WITHDRAWN: false,
  RESTORING: true,
} as const satisfies Record<UploadState, boolean>;

export const STANDING_STATES: readonly UploadState[] = states.filter((state) => STANDING[state]);

/** The record never reached the platform: an order claims such a record so that it stays away, but withdraws nothing. */
export const NEVER_STOOD: readonly UploadState[] = ['WAITING', 'REJECTED'];

/** The next request for a record whose message has just been answered: the demand may have changed in the meantime. */
export const nextDemand = (state: UploadState, claims: number): 'withdraw' | 'restore' | undefined => {
  if (claims > 0 && state === 'UPLOADED') return 'withdraw';
  if (claims === 0 && state === 'WITHDRAWN') return 'restore';
  return undefined;
};
