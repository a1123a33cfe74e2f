// A public notice (处理决定公示) is read by everybody without signing in. The authority then takes the decision back by itself (自行纠正), and the
// public reads the day and the reason of the withdrawal instead of the text.
import { draft } from '../running-platform';
import { takeSteps } from '../console-case';
import { as, type Desk, look, open, see, stateIs } from './desk';

export const withdrawalJourney = async (desk: Desk): Promise<void> => {
  const { running, person, institution } = desk;
  const { page } = person;
  const drafter = await running.officer('shenyang-a');
  const { caseId } = await draft(drafter, { institution, measures: ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES'] });
  let notice = '';
  await as(desk, 'shenyang-a', async () => {
    await open(desk, `/cases/${caseId}`);
    await page.getByRole('list', { name: '本案的公示' }).getByText('公示中').waitFor();
    await look(person);
    notice = (await page.getByRole('list', { name: '本案的公示' }).getByRole('link').first().getAttribute('href')) ?? '';
  });
  await open(desk, notice);
  await see(person, '宣布证书作废');
  await page.getByRole('list', { name: '涉及的证书' }).getByText(institution).first().waitFor();
  await look(person);
  await takeSteps(person, `${running.gateway}/cases/${caseId}`, [
    { account: 'shenyang-b', step: '自行纠正', text: ['纠正的理由', '认定的事实有出入，自行纠正。'] },
  ]);
  await open(desk, notice);
  await see(person, /撤回/);
  expect(await page.getByText('宣布证书作废').count()).toBe(0);
  await look(person);
  await as(desk, 'shenyang-a', async () => {
    await open(desk, `/cases/${caseId}`);
    await stateIs(person, '已撤回');
    await look(person);
  });
};
