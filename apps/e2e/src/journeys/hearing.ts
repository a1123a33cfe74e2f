// The two sides of a case on their screens: the institution replies and asks for a hearing, the officers notify it of the day, hold it and
// record it. The case then goes through the department's review, which returns it once.
import { alter } from '@hengji/testing';
import { takeToFounded } from '../../../../tools/province/src/case';
import { takeSteps, toPublished } from '../console-case';
import { draftTransfer } from '../transfer-case';
import { as, type Desk, look, open, see } from './desk';

const A_WHILE_AGO = `UPDATE case_entry SET at = at - interval '60 days' WHERE case_id = $1 AND step = 'NOTIFY_HEARING'`;

export const hearingJourney = async (desk: Desk): Promise<void> => {
  const { running, person, institution } = desk;
  const drafter = await running.officer('shenyang-a');
  const caseId = await takeToFounded(drafter, institution);
  await draftTransfer(drafter, { caseId, institution, measures: ['STOP_EVALUATION'] });
  const address = `${running.gateway}/cases/${caseId}`;
  const main = toPublished(institution);
  const party = `institution-${institution}`;
  await takeSteps(
    person,
    address,
    main.filter(({ step }) => step.endsWith('告知书')),
  );
  await as(desk, party, async () => {
    await open(desk, `/cases/${caseId}`);
    await see(person, '送达告知书');
    await look(person);
  });
  await takeSteps(person, address, [
    { account: party, step: '陈述申辩', text: ['陈述和申辩意见', '监控故障，考试如实举行。'] },
    { account: party, step: '申请听证', text: ['听证请求和理由', '对认定的事实有异议，申请听证。'] },
    { account: 'shenyang-a', step: '通知听证', text: ['举行听证的时间、地点', '2099年1月5日上午九时，市人社局三楼会议室。'] },
  ]);
  await as(desk, 'shenyang-a', async () => {
    await open(desk, `/cases/${caseId}`);
    await see(person, /听证通知期/);
    await see(person, '监控故障，考试如实举行。');
    await look(person);
  });
  // The days between notification and hearing have passed.
  await alter(running.platform.databaseUrl('enforcement'), A_WHILE_AGO, [caseId]);
  await takeSteps(person, address, [
    { account: 'shenyang-a', step: '听证笔录', text: ['听证情况', '当事人到场，对证据逐项质证。'], attaches: '听证笔录.pdf' },
    { account: 'shenyang-a', step: '提出处理建议', text: ['处理建议', '建议按草稿处理。'] },
    { account: 'shenyang-f', step: '部门审核退回', text: ['退回理由', '请写明对申辩意见的采纳情况。'] },
    { account: 'shenyang-a', step: '提出处理建议', text: ['处理建议', '申辩没有证据支持，不予采纳；建议按草稿处理。'] },
    { account: 'shenyang-f', step: '部门审核通过', text: ['部门审核意见', '同意呈报。'] },
  ]);
  await as(desk, party, async () => {
    await open(desk, `/cases/${caseId}`);
    await see(person, '当事人到场，对证据逐项质证。');
    await look(person);
  });
};
