// A transfer as officers make it: two verifiers report the crime with the written report on file, the head approves it,
// and the order is drafted and previewed.
import type { Officer } from '../../../tools/province/src/officer';
import type { OrderJson } from './running-platform';

export const REPORT = Buffer.from('%PDF-1.7\n涉嫌犯罪案件情况的书面报告');

/** Reported and approved; `orderId`: the draft that the approval is about, if there is one. */
export const approveTransfer = async (drafter: Officer, caseId: string, orderId = ''): Promise<void> => {
  const office = drafter.account.replace(/-\w+$/, '');
  const report = await drafter.upload<{ attachmentId: string }>(`/cases/${caseId}/attachments`, '调查报告.pdf', REPORT);
  const step = async (letter: string, name: string, more: object = {}): Promise<void> => {
    const officer = await drafter.colleague(`${office}-${letter}`);
    await officer.post(`/cases/${caseId}/steps`, { step: name, text: `${name}的记录`, attachmentIds: [], ...more });
  };
  await step('c', 'REPORT_CRIME', { attachmentIds: [report.attachmentId] });
  await step('d', 'REPORT_CRIME');
  await step('b', 'APPROVE_TRANSFER', orderId === '' ? {} : { orderId });
};

export const draftTransfer = async (
  drafter: Officer,
  { caseId, institution, measures }: { caseId: string; institution: string; measures: readonly string[] },
): Promise<OrderJson> => {
  const lists = { plans: [], sessions: [], occupationLevels: [], persons: [], certificates: [], from: '', until: '' };
  const body = { caseId, scope: { institution, ...lists }, measures, grounds: ['FORGED_PAPERS'], reason: '移送' };
  const { orderId } = await drafter.post<OrderJson>('/orders', body);
  return drafter.post<OrderJson>(`/orders/${orderId}/preview`, {});
};
