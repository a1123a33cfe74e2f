// The console as officers, the institution and the public use it, in a real headless Chromium. A case runs from its lead
// to the published decision, each step by the person with the required role. One officer drafts the order. The officer who
// decided the case signs it and watches the ledger until the residual is zero. The completion certificate is downloaded
// and checked offline, and the public page shows that the certificate is void.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../../tools/browser/chromium.mts';
import { type Person, personAt } from './console-browser';
import { calendarJourney, listJourney, menuJourney, tasksJourney, whileSilent } from './console-office';
import { parkedJourney } from './console-parked';
import { noticeJourney } from './console-notices';
import { TO_FOUNDED, takeSteps, toPublished } from './console-case';
import { type Running, startRunning } from './running-platform';

const MEASURES = ['M1 立即停止评价', 'M4 撤销上传证书数据', 'M5 追回补贴资金', 'M7 移出评价机构目录'];
const BROUGHT_ALONG = ['M2 取消评价结果', 'M3 宣布证书作废'];
const VERIFIER = join(__dirname, '..', '..', '..', 'tools', 'verifier', 'hengji-verify.mjs');
const BROWSER_MAY_BE_INSTALLED_MS = 600_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

describe('the console in a browser', () => {
  let running: Running;
  let person: Person;
  let institution: { code: string; name: string };
  let certificate: string;

  beforeAll(async () => {
    const program = findChromium(say);
    running = await startRunning('console');
    person = await personAt(running.gateway, running.platform.environment['DEMO_PASSWORD'] ?? '', program);
    const officer = await running.officer('province-a');
    const page = await officer.get<{ items: { code: string; name: string }[] }>('/institutions?limit=1000');
    // The institution with a tenth of all certificates: its ledger moves long enough to be watched.
    const code = 'S000021010001';
    institution = { code, name: page.items.find((one) => one.code === code)?.name ?? '' };
    const certificates = await officer.get<{ items: { number: string }[] }>(`/institutions/${code}/certificates?limit=1`);
    certificate = certificates.items[0]?.number ?? '';
  }, BROWSER_MAY_BE_INSTALLED_MS);
  afterAll(async () => {
    try {
      await person.close();
    } finally {
      await running.stop();
    }
  });
  // The faults that no page may have, checked after every test.
  afterEach(() => expect(person.complaints.splice(0)).toEqual([]));

  const open = async (path: string): Promise<void> => {
    await person.page.goto(`${running.gateway}${path}`);
  };
  const see = (text: string | RegExp) => person.page.getByText(text).first().waitFor();
  const verify = async (number: string): Promise<void> => {
    await open('/verify');
    await person.page.getByLabel('证书编号').fill(number);
    await person.page.keyboard.press('Enter');
  };
  /** Registers a lead against the institution; returns the address of its case. */
  const openLead = async (): Promise<string> => {
    const { page } = person;
    await open(`/institutions/${institution.code}`);
    await page.getByRole('link', { name: '登记线索' }).press('Enter');
    await page.getByRole('radio', { name: '投诉举报', exact: true }).press('Space');
    await page.getByRole('checkbox', { name: 'V6 不考试就发证' }).press('Space');
    await page.getByLabel('线索内容').fill('群众举报该机构不考试就发证。');
    expect(await person.seriousFaults()).toEqual([]);
    await page.getByRole('button', { name: '登记', exact: true }).press('Enter');
    await page.getByRole('heading', { level: 1, name: /^案件 / }).waitFor();
    return page.url();
  };
  const draftByKeyboard = async (): Promise<void> => {
    const { page } = person;
    await page.getByRole('link', { name: '起草处理决定' }).press('Enter');
    await page.getByRole('button', { name: '下一步' }).press('Enter');
    for (const measure of MEASURES) await page.getByRole('checkbox', { name: measure }).press('Space');
    await page.getByRole('checkbox', { name: 'V4 伪造试卷' }).press('Space');
    await page.getByLabel('事实与理由').fill('现场检查发现使用伪造试卷，相关评价结果不真实。');
    expect(await person.seriousFaults()).toEqual([]);
    await page.getByRole('button', { name: '起草并预览' }).press('Enter');
  };

  it('shows the public that a certificate is valid, that a number is unknown, and that an input is malformed', async () => {
    await verify(certificate);
    await see('该证书有效');
    expect(await person.seriousFaults()).toEqual([]);
    await verify(`${certificate.slice(0, -6)}999999`);
    await see('登记中没有这个编号');
    await verify('不是编号');
    await see(/^字段：/);
    expect(await person.seriousFaults()).toEqual([]);
  });

  it('explains a wrong account and a wrong input, by field and rule', async () => {
    const { page } = person;
    await open('/');
    await page.getByRole('link', { name: '登录', exact: true }).press('Enter');
    await page.getByLabel('账号').fill('province-a');
    await page.getByLabel('密码').fill('not-the-password');
    await page.keyboard.press('Enter');
    await see('账号或密码不正确');
    expect(await person.seriousFaults()).toEqual([]);

    await person.signIn('shenyang-a');
    const file = await openLead();
    await page.getByRole('radio', { name: '不予处理', exact: true }).press('Space');
    await page.getByLabel('理由', { exact: true }).fill('');
    await page.getByRole('button', { name: '办理：不予处理' }).press('Enter');
    await see(/字段：内容.*依据：/);
    expect(await person.seriousFaults()).toEqual([]);
    expect(page.url()).toBe(file);
    await person.signOut();
  }, 180_000);

  it('shows operators what is parked: two persons discard forged messages, a genuine one is replayed and released', async () => {
    await parkedJourney(running, person);
  }, 180_000);

  it('hands a task over to a colleague and back, and shows each person the unread messages', async () => {
    await tasksJourney(running, person, institution.code);
  }, 180_000);

  it('needs two people for a year of the calendar', async () => {
    await calendarJourney(running, person);
  }, 180_000);

  it('narrows and sorts a list, sends the view to a colleague, and exports it', async () => {
    await listJourney(running, person);
  }, 180_000);

  it('shows each role its menu', async () => {
    await menuJourney(running, person);
  }, 180_000);

  it('leads a case from its lead to the completion certificate, each step by the person with the required role', async () => {
    const { page } = person;
    await person.signIn('shenyang-a');
    await open('/institutions');
    await page.getByLabel('查找机构').fill(institution.name);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: institution.code }).press('Enter');
    await see('统一社会信用代码');
    await page.getByRole('tab', { name: '证书' }).click();
    await page.getByRole('link', { name: certificate }).waitFor();
    expect(await person.seriousFaults()).toEqual([]);
    await person.screenshot('institution');
    const file = await openLead();
    await person.signOut();

    // Officers can be named in a case once they have opened the list of tasks.
    for (const letter of ['a', 'c', 'd']) await (await running.officer(`shenyang-${letter}`)).get('/tasks');
    await takeSteps(person, file, TO_FOUNDED);
    await person.signIn('shenyang-a');
    await page.goto(file);
    await draftByKeyboard();
    await see('起草人不得签发');
    for (const measure of BROUGHT_ALONG) await see(measure);
    expect(await page.getByRole('button', { name: '签发', exact: true }).isDisabled()).toBe(true);
    expect(await person.seriousFaults()).toEqual([]);
    const order = new URL(page.url()).pathname;
    await person.signOut();

    await takeSteps(person, file, toPublished(institution.code));
    await noticeJourney(person, running.gateway, institution);
    await person.signIn('shenyang-b');
    await page.goto(file);
    await page.getByRole('list', { name: '关口' }).waitFor();
    expect(await page.getByText('未满足', { exact: true }).count()).toBe(0);
    expect(await person.seriousFaults()).toEqual([]);
    await person.screenshot('case');
    await page.getByRole('tab', { name: /^文书与附件/ }).click();
    await page
      .getByRole('link', { name: /^查看 / })
      .first()
      .waitFor();
    expect(await person.seriousFaults()).toEqual([]);

    await open(order);
    await whileSilent(running, person, async () => {
      await page.getByRole('button', { name: '签发', exact: true }).press('Enter');
      await page.getByRole('button', { name: '确认签发' }).press('Enter');
    });
    // No reload from here on: every change on the page comes by the live stream.
    await page.getByText('执行完毕', { exact: true }).waitFor();
    const residual = page.locator('.ant-statistic', { hasText: '残留' });
    expect((await residual.innerText()).replace(/\s+/g, ' ')).toBe('残留 0');
    await page.getByText('实时', { exact: true }).waitFor();
    expect(await person.seriousFaults()).toEqual([]);
    await person.screenshot('order');
    const documentNo = await page.getByRole('heading', { level: 1 }).innerText();
    await verify(certificate);
    await see('该证书已作废');
    await see(`依据 ${documentNo}`);
    expect(await person.seriousFaults()).toEqual([]);

    await open(order);
    await checkOffline();
    await deadlines();
    await person.signOut();
    // The following pages are those of the province.
    await person.signIn('province-b');
  }, 600_000);

  /** Downloads certificate, proof and keys as files and runs the verifier with these files only. */
  const checkOffline = async (): Promise<void> => {
    const { page } = person;
    const away = mkdtempSync(join(tmpdir(), 'hengji-away-'));
    const take = async (name: string, press: () => Promise<void>): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), press()]);
      const path = join(away, name);
      await download.saveAs(path);
      return path;
    };
    await page.getByRole('tab', { name: '回执' }).click();
    await see('下载存证文件');
    expect(await person.seriousFaults()).toEqual([]);
    await page.getByRole('tab', { name: '执行完成证明' }).click();
    await see('如何离线核验');
    expect(await person.seriousFaults()).toEqual([]);
    await person.screenshot('completion-certificate');
    const statement = await take('certificate.json', () => page.getByRole('link', { name: '下载证明（JSON）' }).click());
    const keys = await take('keys.json', () => page.getByRole('link', { name: '下载验签公钥' }).click());
    expect(() => execFileSync(process.execPath, [VERIFIER, statement, '--keys', keys])).not.toThrow();
  };

  const deadlines = async (): Promise<void> => {
    await open('/deadlines');
    await person.page.getByRole('heading', { level: 1, name: '期限看板' }).waitFor();
    await person.page.waitForLoadState('networkidle');
    expect(await person.seriousFaults()).toEqual([]);
    await person.screenshot('deadlines');
  };

  it.each([
    ['/', '工作台'],
    ['/orders', '处理决定'],
    ['/cases', '案件'],
    ['/deadlines', '期限看板'],
    ['/remedies', '复议诉讼'],
    ['/institutions', '评价机构'],
    ['/uscc-checks', '信用代码核对'],
    ['/messages', '部门交换'],
    ['/parked', '滞留消息'],
    ['/plans', '考务计划'],
    ['/results', '评价结果'],
    ['/certificates', '证书'],
    ['/payments', '补贴发放'],
    ['/recoveries', '补贴追缴'],
    ['/people', '人员查询'],
    ['/acts', '操作记录'],
    ['/calendar', '工作日历'],
    ['/parameters', '参数与期限'],
    ['/search?q=2026', '查找“2026”'],
    ['/directory', '评价机构目录'],
  ])(
    '%s has its heading, its texts, and no serious fault for users of a screen reader or keyboard',
    async (path, heading) => {
      await open(path);
      await person.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await person.page.waitForLoadState('networkidle');
      expect(await person.page.title()).toBe(`${heading} · 衡技`);
      expect(await person.page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      expect(await person.seriousFaults()).toEqual([]);
    },
    120_000,
  );

  it('finds a certificate by its number and an institution by its name, and shows the user where they are', async () => {
    const { page } = person;
    const search = page.getByLabel('全局搜索');
    await open('/');
    await search.fill(certificate);
    await search.press('Enter');
    await see('该证书已作废');
    await open('/');
    await search.fill(institution.name);
    await search.press('Enter');
    await page.getByText(`${institution.name} ${institution.code}`).click();
    await page.getByRole('heading', { level: 1, name: institution.name }).waitFor();
    const place = page.getByRole('navigation', { name: '当前位置' });
    expect((await place.innerText()).replace(/\s+/g, '')).toBe('工作台/备案/评价机构');
    expect(await person.seriousFaults()).toEqual([]);
    await place.getByRole('link', { name: '评价机构' }).click();
    await page.getByRole('heading', { level: 1, name: '评价机构' }).waitFor();
  }, 120_000);

  it('reports a broken live stream, and continues by itself', async () => {
    await open('/orders');
    await person.page.getByRole('table').getByRole('link').first().click();
    await person.page.getByText('实时', { exact: true }).waitFor();
    await running.platform.kill('gateway');
    await see('实时连接已断开');
    await running.platform.untilReady('gateway');
    await person.page.getByText('实时', { exact: true }).waitFor();
    // The browser logs the stopped gateway as an error; this is expected here.
    person.complaints.length = 0;
  }, 180_000);
});
