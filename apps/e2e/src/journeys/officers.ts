// Who may act: a case belongs to its authority and to the officers that the triage names. Another officer of the city reads it and is told
// why the steps are closed. The province takes the case over; from then on it is the province's, and the city reads on.
import { takeStep } from '../console-case';
import { as, type Desk, look, open, see } from './desk';

const NOT_MINE = /承办人/;

export const officersJourney = async (desk: Desk): Promise<void> => {
  const { running, person, institution } = desk;
  const { page } = person;
  const drafter = await running.officer('shenyang-a');
  const lead = { institution, source: 'COMPLAINT', grounds: ['FORGED_PAPERS'], summary: '群众来信反映试卷提前流出。' };
  const { caseId } = await drafter.post<{ caseId: string }>('/cases', lead);
  // Officers can be named once they have opened the list of tasks.
  for (const account of ['shenyang-a', 'shenyang-c', 'province-a', 'province-c']) await (await running.officer(account)).get('/tasks');
  const address = `${running.gateway}/cases/${caseId}`;
  await as(desk, 'shenyang-a', async () => {
    await takeStep(person, address, { account: 'shenyang-a', step: '分办', names: ['孙诚', '卫清扬'] });
    await see(person, '孙诚(演示)（主办）、卫清扬(演示)');
    await look(person);
  });
  await as(desk, 'shenyang-d', async () => {
    await open(desk, `/cases/${caseId}`);
    await page.getByRole('list', { name: '还不能办的步骤' }).getByText(NOT_MINE).first().waitFor();
    expect(await page.getByRole('radio', { name: '核查', exact: true }).count()).toBe(0);
    await look(person);
  });
  await as(desk, 'province-b', async () => {
    await takeStep(person, address, {
      ...{ account: 'province-b', step: '提级办理', text: ['提级的理由', '案情重大，由省级直接办理。'] },
      fills: [['依据文件的文号', '辽人社函〔2026〕1号']],
    });
    await see(person, /由沈阳市转来/);
    await look(person);
  });
  await as(desk, 'shenyang-a', async () => {
    await open(desk, '/');
    await see(person, /已由省本级办理（辽人社函〔2026〕1号）/);
    await look(person);
    await open(desk, `/cases/${caseId}`);
    await see(person, '您现在没有可办的步骤。');
    await look(person);
  });
  await as(desk, 'province-a', async () => {
    await takeStep(person, address, {
      ...{ account: 'province-a', step: '确定（变更）承办人', text: ['理由', '提级后确定承办人。'], names: ['赵安', '冯一诺'] },
    });
    await see(person, '赵安(演示)（主办）、冯一诺(演示)');
    await look(person);
  });
};
