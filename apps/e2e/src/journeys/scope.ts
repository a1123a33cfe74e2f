// An order about one person. The wizard finds the person by name and ID number for a stated purpose. The preview counts that person's records
// only; the acts show the search and its purpose, and never the number.
import { takeToFounded } from '../../../../tools/province/src/case';
import { person as personOfProvince } from '../../../../tools/province/src/people';
import { shares } from '../../../../tools/province/src/records';
import type { Person } from '../console-browser';
import { as, type Desk, look, open, press, see } from './desk';

const SMALL = 10_000;
const NOTE = '核对群众举报中的考生。';

/** Somebody with a certificate of the institution. */
const someoneAt = (institution: string): { name: string; idNumber: string } => {
  const share = shares(SMALL).find((one) => one.institution.code === institution);
  if (share === undefined) throw new Error(`the sample has no ${institution}`);
  return personOfProvince(share.firstPerson);
};

/** The dialogue that adds a person to the scope. */
const addPerson = async (person: Person, { name, idNumber }: { name: string; idNumber: string }): Promise<void> => {
  const { page } = person;
  await page.getByLabel('姓名', { exact: true }).fill(name);
  await page.getByLabel('证件号码', { exact: true }).fill(idNumber);
  await page.getByLabel(/^用途说明/).fill(NOTE);
  await look(person);
  await press(person, '查找并添加');
};

export const scopeJourney = async (desk: Desk): Promise<void> => {
  const { running, person, institution } = desk;
  const { page } = person;
  const someone = someoneAt(institution);
  const caseId = await takeToFounded(await running.officer('shenyang-a'), institution);
  await as(desk, 'shenyang-a', async () => {
    await open(desk, `/cases/${caseId}`);
    await page.getByRole('link', { name: '起草处理决定' }).click();
    await press(person, '按姓名和证件号码添加');
    await addPerson(person, { ...someone, name: '查无此人' });
    await see(person, '该机构没有姓名和证件号码都相符的记录');
    await look(person);
    await addPerson(person, someone);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const chosen = page.locator('.ant-tag', { hasText: someone.name.slice(0, 1) });
    await chosen.first().waitFor();
    expect(await chosen.first().innerText()).not.toContain(someone.idNumber);
    await look(person);
    await press(person, '下一步');
    await page.getByRole('checkbox', { name: 'M5 追回补贴资金' }).press('Space');
    await page.getByRole('checkbox', { name: 'V3 伪造报名资格' }).press('Space');
    await page.getByLabel('事实与理由').fill('该考生的报名资格系伪造。');
    await look(person);
    await press(person, '起草并预览');
    await see(person, '1 人');
    await see(person, '起草人不得签发');
    await look(person);

    await open(desk, '/people');
    await page.getByLabel('姓名', { exact: true }).fill(someone.name);
    await page.getByLabel('证件号码', { exact: true }).fill(someone.idNumber);
    await page.getByRole('radio', { name: '核查投诉举报' }).press('Space');
    await page.getByLabel('用途说明').fill(NOTE);
    await press(person, '查询');
    await page.getByRole('table', { name: '查到的记录' }).getByText('证书').first().waitFor();
    await look(person);
    await open(desk, '/acts');
    const act = page.getByRole('table').getByRole('row').filter({ hasText: NOTE }).first();
    await act.waitFor();
    expect(await page.locator('body').innerText()).not.toContain(someone.idNumber);
    await look(person);
  });
};
