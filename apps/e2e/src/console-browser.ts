// A person at the console: real headless Chromium with the window size of officers' screens. Every page is watched all the
// time for three faults: messages in the browser's console, exceptions, and requests to any host but the gateway.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Page, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../../tools/browser/chromium.mts';

export interface Person {
  readonly page: Page;
  /** Faults so far: console messages of the page, and requests to foreign hosts. */
  readonly complaints: string[];
  signIn(account: string): Promise<void>;
  signOut(): Promise<void>;
  /** What axe reports as serious or critical on the current page. */
  seriousFaults(): Promise<string[]>;
  /** Writes docs/screenshots/<name>.png when UPDATE_SCREENSHOTS=1, so that ordinary runs do not change the working tree. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const SCREENSHOTS = join(__dirname, '..', '..', '..', 'docs', 'screenshots');

/** The browser logs each 4xx itself. These three are answers that a page shows: not signed in, wrong input, unknown number. */
const EXPECTED = /^Failed to load resource: the server responded with a status of (400|401|404) /;

const watch = (page: Page, host: string): string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint && !EXPECTED.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== host) complaints.push(`${page.url()} asked ${request.url()}`);
  });
  return complaints;
};

const faultsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
};

/** Starts the browser program `program`. */
export const personAt = async (gateway: string, password: string, program: string): Promise<Person> => {
  const browser = await chromium.launch({ executablePath: program, args: CHROMIUM_FLAGS });
  // axe needs a page with its own context. Reduced motion keeps half-faded pages out of tests and screenshots.
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return {
    page,
    complaints: watch(page, new URL(gateway).host),
    signIn: async (account) => {
      await page.goto(gateway);
      await page.getByRole('link', { name: '登录', exact: true }).press('Enter');
      await page.getByLabel('账号').fill(account);
      await page.getByLabel('密码').fill(password);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '退出' }).waitFor();
    },
    signOut: async () => {
      await page.getByRole('button', { name: '退出' }).click();
      await page.getByRole('link', { name: '登录', exact: true }).waitFor();
    },
    seriousFaults: () => faultsOf(page),
    screenshot: async (name) => {
      if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
    close: () => browser.close(),
  };
};
