// The desk of a journey: one browser at one platform, about one institution. What every page must show and must not show is checked here, in
// one place, and so is how a person presses a button and fills the reason of an act.
import type { Locator } from 'playwright-core';
import type { Person } from '../console-browser';
import { draft, sign, type OrderJson, type Running } from '../running-platform';

export interface Desk {
  readonly running: Running;
  readonly person: Person;
  readonly institution: string;
}

/** What no page may show: words of the contracts, internal ids, and values that nobody put into words. */
const BARE = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i,
  /\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b/,
  /\b(?:UNSPECIFIED|undefined|NaN|null|Invalid Date)\b/,
  /\[object Object\]/,
] as const;

/** Each bare code of the text, with what stands around it. */
export const bareCodesIn = (text: string): string[] =>
  BARE.flatMap((code) => {
    const found = code.exec(text);
    return found === null ? [] : [text.slice(Math.max(0, found.index - 40), found.index + 60)];
  });

/** The page has loaded, fits the width of the screen, shows no bare code and has no serious fault of accessibility. */
export const look = async ({ page, seriousFaults }: Person): Promise<void> => {
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  expect(bareCodesIn(await page.locator('body').innerText())).toEqual([]);
  expect(await seriousFaults()).toEqual([]);
};

export const open = ({ running, person }: Desk, path: string): Promise<unknown> => person.page.goto(`${running.gateway}${path}`);

/** The person at the desk works, and leaves it. */
export const as = async ({ person }: Desk, account: string, work: () => Promise<void>): Promise<void> => {
  await person.signIn(account);
  await work();
  await person.signOut();
};

/** Waits for the text on the page. */
export const see = ({ page }: Person, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** Waits for the tag that names a state; a button may have the same word. */
export const stateIs = ({ page }: Person, state: string): Promise<void> =>
  page
    .locator('.ant-tag')
    .filter({ hasText: new RegExp(`^${state}$`) })
    .first()
    .waitFor();

export const press = ({ page }: Person, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).first().click();

export const rowOf = ({ page }: Person, table: string, text: string | RegExp): Locator =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });

/** Presses the button of an act, fills the reason in the dialogue and confirms the act. */
export const withReason = async (person: Person, button: string, [reason, said]: readonly [string, string]): Promise<void> => {
  const { page } = person;
  await press(person, button);
  await page.getByRole('dialog').getByLabel(reason).fill(said);
  await look(person);
  await page.getByRole('button', { name: `确认${button}` }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

/** Set-up, without the screens: drafts, leads the case and signs an order. */
export const ordered = async ({ running, institution }: Desk, measures: readonly string[]): Promise<OrderJson> => {
  const drafter = await running.officer('shenyang-a');
  return sign(await drafter.colleague('shenyang-b'), await draft(drafter, { institution, measures }));
};

/** The order's page says that it is carried out. */
export const completed = ({ person }: Desk): Promise<void> => stateIs(person, '执行完毕');
