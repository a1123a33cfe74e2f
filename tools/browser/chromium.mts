// Finds a Chromium for the browser tests: the program in CHROMIUM_PATH, else an installed one. Otherwise, as root on
// Debian, it installs the distribution's package together with Chinese fonts; without the fonts every screenshot shows
// boxes.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupProblem } from '../launch/problem.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];
const WHY = 'the journeys that use the console as a person does';
const MEND =
  'install one (Debian: apt-get install chromium fonts-noto-cjk; macOS: brew install --cask chromium), or set CHROMIUM_PATH to its program';

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const installed = () => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => [...folders, '/usr/bin'].map((folder) => join(folder, name)));
  return [...candidates, ...PLACES].find(isProgram);
};

const given = () => {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH === undefined || CHROMIUM_PATH === '') return undefined;
  if (isProgram(CHROMIUM_PATH)) return CHROMIUM_PATH;
  throw new SetupProblem({ what: `CHROMIUM_PATH names ${CHROMIUM_PATH}, which is no program here.`, why: WHY, mend: MEND });
};

const aptGet = (args: readonly string[]) => {
  const { status, stderr, error } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0 ? '' : (error?.message ?? stderr).trim();
};

/** The message contains the error output of apt-get, because the user needs it to fix the failure. */
const installDebianPackages = (log: (line: string) => void) => {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return { path: undefined, complaint: '' };
  log(`installing ${DEBIAN_PACKAGES.join(' and ')} by apt-get (this is Debian, and you are root): about 200 MB`);
  const complaints = [aptGet(['update', '-qq']), aptGet(['install', '-qq', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES])];
  return { path: installed(), complaint: complaints.filter((complaint) => complaint !== '').join('\n') };
};

/**
 * Chromium as root does not start with its sandbox. The other flags stop Chromium from contacting any host but that of the
 * page.
 */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param log receives a line about an installation
 * @returns the program
 */
export const findChromium = (log: (line: string) => void): string => {
  const present = given() ?? installed();
  if (present !== undefined) return present;
  const { path, complaint } = installDebianPackages(log);
  if (path !== undefined) return path;
  throw new SetupProblem({
    what: `There is no Chromium here.${complaint === '' ? '' : ` apt-get said: ${complaint}`}`,
    why: WHY,
    mend: MEND,
  });
};
