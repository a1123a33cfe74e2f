// The life of an upload at the ministry's platform. In-flight states (SENDING, WITHDRAWING, RESTORING) exist because the
// platform may have done what we asked although its answer was lost: such a record must be taken to stand until told.
import { type Lifecycle } from '@hengji/domain-kit';

export type UploadState =
  | 'WAITING' // 待上传, or held back
  | 'SENDING' // 上传中
  | 'UPLOADED' // 已上传
  | 'REJECTED' // 上传被拒
  | 'WITHDRAWING' // 撤回中
  | 'WITHDRAWAL_REJECTED' // 撤回被拒: it still stands
  | 'WITHDRAWN' // 已撤回
  | 'RESTORING'; // 恢复上传中

export type UploadAction = 'send' | 'accept' | 'reject' | 'withdraw' | 'confirmWithdrawal' | 'refuseWithdrawal' | 'restore' | 'keep';

export const UPLOAD_LIFECYCLE = {
  WAITING: { send: 'SENDING' },
  SENDING: { accept: 'UPLOADED', reject: 'REJECTED' },
  UPLOADED: { withdraw: 'WITHDRAWING' },
  REJECTED: { send: 'SENDING' },
  WITHDRAWING: { confirmWithdrawal: 'WITHDRAWN', refuseWithdrawal: 'WITHDRAWAL_REJECTED' },
  // `keep`: the order that wanted it withdrawn was lifted, and the platform has it still.
  WITHDRAWAL_REJECTED: { withdraw: 'WITHDRAWING', keep: 'UPLOADED' },
  WITHDRAWN: { restore: 'RESTORING' },
  RESTORING: { accept: 'UPLOADED', reject: 'REJECTED' },
} as const satisfies Lifecycle<UploadState, UploadAction>;

const states = Object.keys(UPLOAD_LIFECYCLE) as UploadState[];

/** The states that allow an action: what SQL that moves rows by set selects by. */
export const statesAllowing = (action: UploadAction): UploadState[] => states.filter((state) => action in UPLOAD_LIFECYCLE[state]);

/** True where the platform has the record, or may have it. These are what an order withdraws and what a residual counts. */
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

/** Never reached the platform: an order claims such a record so that it stays away, but has nothing to withdraw. */
export const NEVER_STOOD: readonly UploadState[] = ['WAITING', 'REJECTED'];

/** What is asked next of a record whose message has just been answered: the demand may have changed meanwhile. */
export const nextDemand = (state: UploadState, claims: number): 'withdraw' | 'restore' | undefined => {
  if (claims > 0 && state === 'UPLOADED') return 'withdraw';
  if (claims === 0 && state === 'WITHDRAWN') return 'restore';
  return undefined;
};
