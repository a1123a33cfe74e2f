// What the fake of subsidy answers for one recovery: the institution of the case under the same id.
import { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';

export const recoveryOf = (recoveryId: string, { institution, authority }: { institution: string; authority: string }) => ({
  recovery: Recovery.fromPartial({ recoveryId, orderId: 'o2', institution, debtor: institution, fen: 33n, state: 'DRAFT' }),
  payment: Payment.fromPartial({ paymentId: 'p1', institution, fen: 33n }),
  demands: [{ orderId: 'o2', epoch: 7n, liftedAt: '' }],
  openedBy: 'o1',
  institution: { code: institution, name: '某评价机构', authority, area: '210102' },
});
