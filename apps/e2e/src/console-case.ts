// A case led on the screens: each step is taken by the person with the required role, and only from the steps that the
// case file offers.
import type { Person } from './console-browser';

interface Step {
  readonly account: string;
  /** The name in the form. */
  readonly step: string;
  /** The label of its text field, and the text to enter. */
  readonly text?: readonly [string, string];
  /** Name of the file to upload for the step. */
  readonly attaches?: string;
  readonly serves?: true;
  /** The step publishes: what the public will read is previewed first. */
  readonly publishes?: true;
  /** Other fields to fill: label and value. */
  readonly fills?: readonly (readonly [string, string])[];
  /** Passes each point of the legal check. */
  readonly checksLaw?: true;
  /** Choices to make by their names: radio buttons and check boxes. */
  readonly chooses?: readonly string[];
  /** The accounts to name as 承办人, the main one first. */
  readonly names?: readonly string[];
}

const NO_INTEREST = '本人与该机构、本案没有利害关系，没有应当回避的情形';
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

const PAPER = Buffer.from('%PDF-1.7\n笔录');

/** Uploads a file for the step, and waits until the form has chosen it. */
const attach = async ({ page }: Person, name: string): Promise<void> => {
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/pdf', buffer: PAPER });
  await page.locator('.ant-select-selection-item', { hasText: name }).waitFor();
};

/** The service in person, at this minute. */
const fillService = async (person: Person): Promise<void> => {
  const { page } = person;
  await page.getByRole('radio', { name: '当面送达', exact: true }).press('Space');
  await page.getByLabel('收件人姓名', { exact: true }).fill('王立新');
  await page.getByRole('radio', { name: '法定代表人', exact: true }).press('Space');
  await page.getByLabel('送达人', { exact: true }).fill('张明、李晓');
  const inBeijing = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16);
  await page.getByLabel('送达时间', { exact: true }).fill(inBeijing);
  await attach(person, '送达回证.pdf');
};

/** Letters of an office: a drafts and proposes, b decides and signs, c and d verify, e checks the law, f reviews for the department. */
const officer = (letter: string): string => `shenyang-${letter}`;

export const TO_FOUNDED: readonly Step[] = [
  { account: officer('a'), step: '分办', names: ['孙诚', '卫清扬', '蒋知行'] },
  {
    account: officer('c'),
    step: '核查',
    text: ['核查记录', '现场核查：考试记录与监控录像不符，多名考生未到场。'],
    attaches: '现场笔录.pdf',
    fills: [['执法证号', '21010000001']],
    chooses: [NO_INTEREST],
  },
  {
    account: officer('d'),
    step: '核查',
    text: ['核查记录', '询问笔录和调取的试卷印证上述事实。'],
    attaches: '询问笔录.pdf',
    fills: [['执法证号', '21010000002']],
    chooses: [NO_INTEREST],
  },
  { account: officer('c'), step: '认定属实', text: ['认定的事实', '违规事实清楚，证据确凿。'] },
];

export const toPublished = (institution: string): readonly Step[] => [
  { account: officer('a'), step: '制作告知书', text: ['告知的事实、理由、依据和拟作出的处理', '拟作出处理决定，现予告知。'] },
  { account: officer('a'), step: '送达告知书', serves: true },
  { account: `institution-${institution}`, step: '放弃陈述申辩', text: ['说明', '放弃陈述申辩和听证。'], chooses: ['陈述申辩', '听证'] },
  { account: officer('a'), step: '提出处理建议', text: ['处理建议', '建议按草稿所列范围和措施处理。'] },
  { account: officer('f'), step: '部门审核通过', text: ['部门审核意见', '事实清楚，同意呈报。'] },
  {
    account: officer('e'),
    step: '法制审核通过',
    text: ['审核意见', '事实清楚，依据正确，程序合法。'],
    chooses: [NO_INTEREST],
    checksLaw: true,
  },
  {
    ...{ account: officer('a'), step: '集体讨论', attaches: '集体讨论记录.pdf' },
    fills: [
      ['讨论日期', today()],
      ['参加人', '赵刚、孙丽、周强'],
      ['讨论结论', '一致同意'],
    ],
  },
  { account: officer('b'), step: '作出处理决定', text: ['决定', '同意处理建议。'], chooses: [NO_INTEREST] },
  { account: officer('a'), step: '送达决定书', serves: true },
  { account: officer('a'), step: '公开', publishes: true },
];

/** Takes one step on the case's page, and checks that it appears in the record. */
export const takeStep = async (person: Person, address: string, taken: Step): Promise<void> => {
  const { step, text, attaches, serves, publishes, names = [], fills = [], chooses = [], checksLaw } = taken;
  const { page } = person;
  await page.goto(address);
  await page.getByRole('radio', { name: step, exact: true }).press('Space');
  if (text) await page.getByLabel(text[0], { exact: true }).fill(text[1]);
  for (const [label, value] of fills) await page.getByLabel(label, { exact: true }).fill(value);
  for (const name of chooses) await page.getByRole('checkbox', { name, exact: true }).press('Space');
  for (const point of checksLaw ? ['主体', '事实', '证据', '依据', '程序', '裁量'] : [])
    await page.getByRole('radiogroup', { name: point, exact: true }).getByRole('radio', { name: '通过', exact: true }).press('Space');
  for (const name of names) {
    await page.getByRole('combobox', { name: '承办人' }).fill(name);
    await page.getByTitle(new RegExp(`^${name}`)).click();
  }
  if (attaches !== undefined) await attach(person, attaches);
  if (serves) await fillService(person);
  if (publishes) {
    await page.getByRole('button', { name: '预览公示' }).press('Enter');
    await page.getByRole('region', { name: '公示预览' }).getByText('处理决定公示').first().waitFor();
    expect(await person.seriousFaults()).toEqual([]);
  }
  const record = page.locator('.ant-timeline-item', { hasText: step });
  const before = await record.count();
  await page.getByRole('button', { name: `办理：${step}` }).press('Enter');
  await record.nth(before).waitFor();
};

/** Takes each step as its person; signs in only when the person changes. Returns the last person signed in. */
export const takeSteps = async (person: Person, address: string, steps: readonly Step[]): Promise<void> => {
  let signedIn = '';
  for (const step of steps) {
    if (step.account !== signedIn) {
      if (signedIn !== '') await person.signOut();
      await person.signIn(step.account);
      signedIn = step.account;
    }
    await takeStep(person, address, step);
  }
  await person.signOut();
};
