// What officers do on the screens after a signature: read a recovery, lift an order for one person and for everybody, and decide about a record
// that the lifting left out. The fixtures of running-platform.ts lead the cases.
import { query } from '@hengji/testing';
import type { Person } from './console-browser';
import { recordsOf } from './records-of';
import { draft, orderReaches, sign, type OrderJson, type Running } from './running-platform';

interface Desk {
  readonly running: Running;
  readonly person: Person;
  readonly institution: string;
}

/** Drafts, decides and signs an order through the gateway. */
const ordered = async ({ running, institution }: Desk, measures: readonly string[]): Promise<OrderJson> => {
  const drafter = await running.officer('shenyang-a');
  return sign(await drafter.colleague('shenyang-b'), await draft(drafter, { institution, measures }));
};

const look = async ({ page, seriousFaults }: Person): Promise<void> => {
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  expect(await seriousFaults()).toEqual([]);
};

const open = ({ running, person }: Desk, path: string): Promise<unknown> => person.page.goto(`${running.gateway}${path}`);
const completed = ({ person }: Desk): Promise<void> => person.page.getByText('执行完毕', { exact: true }).first().waitFor();

/** Presses the button, fills the reason in the dialogue and confirms it. */
const withReason = async ({ page }: Person, button: string, reason: string, said: string): Promise<void> => {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  await page.getByRole('dialog').getByLabel(reason).fill(said);
  await page.getByRole('button', { name: `确认${button}` }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

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

const lift = async ({ page }: Person, person: string | undefined): Promise<void> => {
  await page.getByRole('button', { name: '解除', exact: true }).click();
  const dialogue = page.getByRole('dialog');
  if (person !== undefined) {
    await dialogue.getByRole('radio', { name: '部分解除' }).press('Space');
    await dialogue.getByLabel('人员标识').fill(person);
  }
  await dialogue.getByRole('radio', { name: '行政复议决定' }).press('Space');
  await dialogue.getByLabel('解除理由').fill('复议决定认定成绩属实，予以解除。');
  await page.getByRole('button', { name: '确认解除' }).click();
  await dialogue.waitFor({ state: 'hidden' });
};

/** One recovery on its page; the order is lifted for one person, then for everybody; a record changed meanwhile is decided. */
export const liftingJourney = async (desk: Desk): Promise<void> => {
  const { running, person } = desk;
  const { page } = person;
  const whom = await affected(desk);
  const { orderId } = await ordered(desk, ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES']);
  await orderReaches(await running.officer('shenyang-b'), orderId, 'COMPLETED');
  await person.signIn('shenyang-b');
  await open(desk, `/orders/${orderId}`);
  await completed(desk);
  await page.getByRole('link', { name: '追缴单' }).click();
  await page.getByText(/^金额合计 ¥/).waitFor();
  await look(person);
  const recovery = `/recoveries/${orderId}-${whom.paymentId}`;
  await open(desk, recovery);
  await page.getByRole('table', { name: '经过' }).getByText('立追缴单').waitFor();
  await page.getByText(/^解除处理决定/).waitFor();
  await look(person);

  await open(desk, `/orders/${orderId}`);
  await lift(person, whom.person);
  await page.getByRole('tab', { name: '解除（1）' }).click();
  await page.getByText('进行中', { exact: true }).waitFor({ state: 'detached' });
  await look(person);
  await open(desk, recovery);
  await page.getByRole('table', { name: '经过' }).getByText('追缴撤销').waitFor();
  await open(desk, `/verify/${whom.certificate}`);
  await page.getByText('该证书有效').waitFor();

  await query(running.platform.databaseUrl('exam'), `UPDATE result SET state = 'RECORDED' WHERE result_id = $1`, [whom.changed]);
  await open(desk, `/orders/${orderId}`);
  await lift(person, undefined);
  await page.getByText('已解除', { exact: true }).first().waitFor();
  await page.getByRole('tab', { name: '解除（2）' }).click();
  const left = page.getByRole('row').filter({ hasText: whom.changed });
  await left.getByText('待决定').waitFor();
  await look(person);
  await withReason(person, '作出决定', '决定及理由', '维持现状，由机构重新公示。');
  await left.getByText(/^维持现状，由机构重新公示。/).waitFor();
  await person.signOut();
};
