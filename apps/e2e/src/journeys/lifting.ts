// An order is lifted on its page for one person and then for everybody. Each time the page shows what was restored, and what was left because
// somebody had changed it meanwhile; an officer decides about that.
import { query } from '@hengji/testing';
import type { Person } from '../console-browser';
import { recordsOf } from '../records-of';
import { orderReaches } from '../running-platform';
import { as, completed, type Desk, look, open, ordered, press, rowOf, see, stateIs, withReason } from './desk';

/** A person of the institution whose certificate was uploaded and paid for; and a published result of somebody else. */
const affected = async ({ running, institution }: Desk) => {
  const records = await recordsOf(await running.officer('shenyang-a'), institution);
  const paid = new Set(records.payments.map((one) => one.certificateNumber));
  const clean = records.certificates.find((one) => paid.has(one.number));
  const other = records.results.find((one) => one.person !== clean?.person && one.state === 'PUBLISHED');
  const payment = records.payments.find((one) => one.certificateNumber === clean?.number);
  if (!clean || !other || !payment) throw new Error('the sample has no such person');
  return { person: clean.person, certificate: clean.number, changed: other.resultId, paymentId: payment.paymentId };
};

/** The dialogue of a lifting; a person narrows it. */
const lift = async (person: Person, whom: string | undefined): Promise<void> => {
  const { page } = person;
  await press(person, '解除');
  const dialogue = page.getByRole('dialog');
  if (whom !== undefined) {
    await dialogue.getByRole('radio', { name: '部分解除' }).press('Space');
    await dialogue.getByLabel('人员标识').fill(whom);
  }
  await dialogue.getByRole('radio', { name: '行政复议决定' }).press('Space');
  await dialogue.getByLabel('解除理由').fill('复议决定认定成绩属实，予以解除。');
  await look(person);
  await page.getByRole('button', { name: '确认解除' }).click();
  await dialogue.waitFor({ state: 'hidden' });
};

/** What the table of a lifting says about one effect: restored, restored already, left out. */
const restored = async ({ page }: Person, lifting: number, effect: string): Promise<string[]> => {
  const table = page.getByRole('table', { name: /^恢复的记录/ }).nth(lifting);
  return (await table.getByRole('row').filter({ hasText: effect }).getByRole('cell').allInnerTexts()).slice(2, 5);
};

const MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES'];

/** One recovery on its page; the order is lifted for one person, then for everybody; a record changed meanwhile is decided. */
export const liftingJourney = async (desk: Desk): Promise<void> => {
  const { running, person } = desk;
  const { page } = person;
  const whom = await affected(desk);
  const { orderId } = await ordered(desk, MEASURES);
  await orderReaches(await running.officer('shenyang-b'), orderId, 'COMPLETED');
  const recovery = `/recoveries/${orderId}-${whom.paymentId}`;
  await as(desk, 'shenyang-b', async () => {
    await open(desk, `/orders/${orderId}`);
    await completed(desk);
    await look(person);
    await page.getByRole('link', { name: '追缴单' }).click();
    await see(person, /^金额合计 ¥/);
    await look(person);
    await open(desk, recovery);
    await page.getByRole('table', { name: '经过' }).getByText('立追缴单').waitFor();
    await see(person, /^解除处理决定/);
    await look(person);

    await open(desk, `/orders/${orderId}`);
    await lift(person, whom.person);
    await page.getByRole('tab', { name: '解除（1）' }).click();
    await page.getByText('进行中', { exact: true }).waitFor({ state: 'detached' });
    expect(await restored(person, 0, '恢复：证书作废')).toEqual(['1', '0', '0']);
    await look(person);
    await open(desk, recovery);
    await page.getByRole('table', { name: '经过' }).getByText('追缴撤销').waitFor();
    await look(person);
    await open(desk, `/verify/${whom.certificate}`);
    await see(person, '该证书有效');
    await look(person);

    await query(running.platform.databaseUrl('exam'), `UPDATE result SET state = 'RECORDED' WHERE result_id = $1`, [whom.changed]);
    await open(desk, `/orders/${orderId}`);
    await lift(person, undefined);
    await stateIs(person, '已解除');
    await page.getByRole('tab', { name: '解除（2）' }).click();
    const left = rowOf(person, '未覆盖的记录', whom.changed);
    await left.getByText('待决定').waitFor();
    // The certificate of the person was restored by the first lifting; the changed result is not.
    expect(await restored(person, 1, '恢复：取消评价结果')).toEqual([expect.stringMatching(/^[1-9]\d*$/), '0', '1']);
    await look(person);
    await withReason(person, '作出决定', ['决定及理由', '维持现状，由机构重新公示。']);
    await left.getByText(/^维持现状，由机构重新公示。/).waitFor();
    await look(person);
  });
};
