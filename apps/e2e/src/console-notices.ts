// The public notice of a decision as everybody reads it: found by institution and city, on an officer's screen and on a phone, with its list
// and its document, without signing in.
import type { Person } from './console-browser';
import { look } from './journeys/desk';

const SCREENS = [
  { width: 390, height: 844 },
  { width: 1366, height: 768 },
] as const;

/** Reads the newest notice about the institution on both screens. */
export const noticeJourney = async (person: Person, gateway: string, institution: { code: string; name: string }): Promise<void> => {
  const { page } = person;
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    await page.goto(`${gateway}/decisions`);
    await page.getByLabel('查找公示').fill(institution.code);
    await page.keyboard.press('Enter');
    const notice = page.getByRole('link', { name: `关于${institution.name}的处理决定公示` }).first();
    await notice.waitFor();
    await look(person);
    await notice.press('Enter');
    await page.getByText('宣布证书作废').first().waitFor();
    await page.getByRole('list', { name: '涉及的证书' }).getByText(institution.code).first().waitFor();
    await look(person);
    const pdf = await page.getByRole('link', { name: '下载公示文书（PDF）' }).getAttribute('href');
    const file = await page.request.get(`${gateway}${pdf ?? ''}`);
    expect([file.status(), (await file.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  }
  await person.screenshot('notice');
};
