// Work on the screens that several people share: tasks handed over, messages read, a year of the calendar confirmed by a second person,
// a list that is narrowed, sent to a colleague and exported, and the menu of each role.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { statutoryHolidays } from '@hengji/province';
import { query } from '@hengji/testing';
import excel from 'exceljs';
import type { Person } from './console-browser';
import { look } from './journeys/desk';
import type { Running } from './running-platform';

const YEAR = 2029;

const changePerson = async (person: Person, account: string): Promise<void> => {
  await person.signOut();
  await person.signIn(account);
};

/** Inserts a message to the officers of Shenyang, as the clock of limits does when a limit nears. */
const remind = (running: Running, about: string, fileId: string): Promise<unknown> =>
  query(
    running.platform.databaseUrl('enforcement'),
    `INSERT INTO procedure.reminder (id, limit_id, state, title, file_id, about, institution, authority, role, assignee, due_at, created_at)
     VALUES ($1, $1, 'NEARING', '送达告知书的期限', $2, $3, 'S000021010001', '2101', 'officer', '', now() + interval '1 day', now())`,
    [randomUUID(), fileId, about],
  );

/** One officer takes a task and hands it over, the other gives it back. Each marks the messages as read separately. */
export const tasksJourney = async (running: Running, person: Person, institution: string): Promise<void> => {
  const { page } = person;
  const drafter = await running.officer('shenyang-a');
  const lead = { institution, source: 'COMPLAINT', grounds: ['FORGED_PAPERS'], summary: '群众来信反映试卷提前流出。' };
  const { caseId, number } = await drafter.post<{ caseId: string; number: string }>('/cases', lead);
  // A task can be handed only to an officer who has opened the list of tasks.
  await (await running.officer('shenyang-b')).get('/tasks');
  await remind(running, number, caseId);

  const task = page.getByRole('row').filter({ hasText: number }).filter({ hasText: '分办' });
  const view = (name: RegExp) => page.getByRole('radio', { name }).check({ force: true });
  await person.signIn('shenyang-a');
  await page.getByTitle('待办和未读消息').waitFor();
  await view(/^待领取/);
  await task.getByRole('button', { name: '领取' }).click();
  await view(/^我的/);
  await task.waitFor();
  await look(person);
  await person.screenshot('desk');
  await task.getByRole('button', { name: '转交' }).click();
  await page.getByRole('combobox', { name: '经办人员' }).press('ArrowDown');
  await page.getByTitle(/^李嘉凯/).click();
  await look(person);
  await page.getByRole('button', { name: '确认转交' }).click();
  await task.waitFor({ state: 'detached' });

  const inbox = page.getByRole('row').filter({ hasText: '送达告知书的期限' });
  await inbox.getByRole('button', { name: '标为已读' }).click();
  await inbox.waitFor({ state: 'detached' });
  await page.getByLabel('只看未读').click();
  await inbox.getByText('已读', { exact: true }).waitFor();

  await changePerson(person, 'shenyang-b');
  await inbox.getByRole('button', { name: '标为已读' }).waitFor();
  await task.getByRole('button', { name: '收回' }).click();
  await task.waitFor({ state: 'detached' });
  await view(/^待领取/);
  await task.waitFor();
  await person.signOut();
};

/** One person proposes a year, and only another can confirm it. */
export const calendarJourney = async (running: Running, person: Person): Promise<void> => {
  const { page } = person;
  const go = () => page.goto(`${running.gateway}/calendar`);
  const year = page
    .getByRole('table', { name: '各年度安排' })
    .getByRole('row')
    .filter({ hasText: String(YEAR) });
  await person.signIn('operator');
  await go();
  await page.getByLabel('年度', { exact: true }).fill(String(YEAR));
  await page.getByLabel('依据的通知').fill('关于2029年部分节假日安排的通知（演示）');
  await page.getByLabel(/^放假和调休安排/).fill([...statutoryHolidays(YEAR)].map((day) => `${day} 休`).join('\n'));
  await page.getByText(`${YEAR}年安排预览`).waitFor();
  await look(person);
  await page.getByRole('button', { name: '提议本年度安排' }).click();
  await year.getByText('待另一人确认').waitFor();
  await person.screenshot('calendar');
  await changePerson(person, 'operator-b');
  await go();
  await year.getByRole('button', { name: '确认生效' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '确认生效' }).click();
  await year.getByText('生效', { exact: true }).waitFor();
  await look(person);
  await person.signOut();
};

/** The address holds the view of a list: a colleague who opens it sees the same rows, and can export them. */
export const listJourney = async (running: Running, person: Person): Promise<void> => {
  const { page } = person;
  const filters = page.getByRole('form', { name: '筛选证书' });
  const numbers = () => page.getByRole('table', { name: '证书' }).locator('tbody').getByRole('link').allInnerTexts();
  await person.signIn('shenyang-a');
  await page.goto(`${running.gateway}/certificates`);
  await page.getByText(/^共 .* 条$/).waitFor();
  await look(person);
  await filters.getByLabel('机构代码', { exact: true }).fill('S000021010001');
  await filters.getByRole('button', { name: '筛选' }).click();
  await page.waitForURL(/institution=S000021010001/);
  await page.getByRole('columnheader', { name: '发证日期' }).click();
  await page.waitForURL(/sort=issuedOn/);
  await look(person);
  await person.screenshot('list');
  const [address, seen] = [page.url(), await numbers()];
  expect(seen.length).toBeGreaterThan(1);
  await changePerson(person, 'shenyang-b');
  await page.goto(address);
  await page.getByRole('link', { name: seen[0] ?? '' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await numbers()).toEqual(seen);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出Excel' }).click()]);
  const book = new excel.Workbook();
  await book.xlsx.load(new Uint8Array(readFileSync(await download.path())).buffer);
  const sheet = book.getWorksheet('证书');
  expect(sheet?.getSheetValues().flat()).toEqual(expect.arrayContaining(seen));
  await person.signOut();
};

/** Stops the exam service during the work: the page names the service that does not answer. Afterwards the service continues. */
export const whileSilent = async (running: Running, person: Person, work: () => Promise<void>): Promise<void> => {
  const pid = running.platform.pid('exam');
  if (pid === undefined) throw new Error('exam does not run');
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
    await person.page.getByText('考务服务没有应答，仍在等待').waitFor();
    expect(await person.seriousFaults()).toEqual([]);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
};

const MENUS = {
  'shenyang-b': [
    '工作台',
    '评价机构',
    '信用代码核对',
    '考务计划',
    '评价结果',
    '证书',
    '公众查验',
    '补贴发放',
    '补贴追缴',
    '人员查询',
    '案件',
    '处理决定',
    '复议诉讼',
    '期限看板',
    '部门交换',
    '操作记录',
    '工作日历',
    '参数与期限',
  ],
  operator: ['工作台', '公众查验', '部门交换', '滞留消息', '工作日历', '参数与期限'],
  institution: [
    '工作台',
    '评价机构',
    '考务计划',
    '评价结果',
    '证书',
    '公众查验',
    '补贴发放',
    '补贴追缴',
    '案件',
    '处理决定',
    '复议诉讼',
    '期限看板',
    '工作日历',
    '参数与期限',
  ],
} as const;

/** The menu shows each role its own pages, and a form refuses a role that may not use it. */
export const menuJourney = async (running: Running, person: Person): Promise<void> => {
  const { page } = person;
  for (const [account, expected] of Object.entries(MENUS)) {
    await person.signIn(account);
    const links = page.getByRole('navigation', { name: '主菜单' }).getByRole('link');
    expect((await links.allInnerTexts()).map((text) => text.replace(/\s*\d+$/, ''))).toEqual(expected);
    await look(person);
    await person.signOut();
  }
  await person.signIn('institution');
  await page.goto(`${running.gateway}/orders/new`);
  await page.getByText('评价机构不能起草处理决定').waitFor();
  await person.signOut();
};
