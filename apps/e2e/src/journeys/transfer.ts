// A transfer to the police: two officers report the crime, the head approves, the order is signed on its page. The police acknowledge the
// package and file the case; the pages of the case and of the messages show both.
import { takeToFounded } from '../../../../tools/province/src/case';
import { takeSteps } from '../console-case';
import { draftTransfer } from '../transfer-case';
import { as, completed, type Desk, look, open, press, see } from './desk';

export const transferJourney = async (desk: Desk): Promise<void> => {
  const { running, person, institution } = desk;
  const { page } = person;
  const drafter = await running.officer('shenyang-a');
  const caseId = await takeToFounded(drafter, institution);
  await takeSteps(person, `${running.gateway}/cases/${caseId}`, [
    { account: 'shenyang-c', step: '涉嫌犯罪书面报告', text: ['书面报告', '伪造考试记录，涉嫌犯罪。'], attaches: '调查报告.pdf' },
    { account: 'shenyang-d', step: '涉嫌犯罪书面报告', text: ['书面报告', '与卷内证据相符，同意报告。'] },
    { account: 'shenyang-b', step: '批准移送', text: ['批准意见', '同意移送公安机关。'] },
  ]);
  const { orderId } = await draftTransfer(drafter, { caseId, institution, measures: ['TRANSFER_TO_POLICE'] });
  await as(desk, 'shenyang-b', async () => {
    await open(desk, `/orders/${orderId}`);
    await look(person);
    await press(person, '签发');
    await press(person, '确认签发');
    await completed(desk);
    await look(person);
    await open(desk, `/cases/${caseId}`);
    await see(person, '已签收，待立案决定（3日）');
    await page.getByRole('tab', { name: /^文书与附件/ }).click();
    await page.getByRole('table', { name: '文书' }).getByText('移送书').waitFor();
    await page.getByRole('table', { name: '附件清单' }).getByText('调查报告.pdf').waitFor();
    await look(person);
    await running.decide('police', orderId, { accepted: true, decisionNo: '沈公立〔2026〕9号' });
    await see(person, '公安已立案');
    await look(person);
    await open(desk, '/messages');
    await page.getByRole('table').getByText('公安').first().waitFor();
    await look(person);
  });
};
