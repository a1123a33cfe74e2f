// The sample province as a command: `load --size small|standard|large` and `order [--json]`. The environment contains the
// addresses of the services. `npm start`, `npm run demo` and the benchmarks call this program. Options for the benchmarks:
//   `--certificates N`   instead of a size
//   `load --only-first`  only the order's institution (a tenth of N)
//   `load --streams`     one stream after the other, with a line of JSON about each stream's time
//   `order --once`       without the second order
//   `order --nth 2`      on the second institution of the same authority
import { parseArgs } from 'node:util';
import { showCertificate } from './certificate';
import { carryOut, liftSecond } from './order';
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import { institutions } from './institutions';
import { loadProvince } from './load';
import { patient, signIn } from './officer';
import { progress } from './progress';
import { SIZES, type Size } from './records';
import { address, countCertificates, importTargets } from './targets';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: 'small' },
    certificates: { type: 'string' },
    'only-first': { type: 'boolean', default: false },
    streams: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    nth: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

/** The number of certificates in the province, and the name of that size. */
const wantedSize = (): { size: string; certificates: number } => {
  const { size, certificates: text } = values;
  if (text !== undefined) {
    const certificates = Number(text);
    if (!Number.isSafeInteger(certificates) || certificates < 10 || certificates % 10 !== 0) {
      throw new Error(`--certificates 应为 10 的正整数倍,而不是“${text}”`);
    }
    return { size: text, certificates };
  }
  if (!(size in SIZES)) throw new Error(`--size 应为 ${Object.keys(SIZES).join('、')} 之一,而不是“${size}”`);
  return { size, certificates: SIZES[size as Size] };
};

// With --json, standard output carries only the JSON line at the end.
const say = (line: string): void => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const sayJson = (figures: object): void => void process.stdout.write(`${JSON.stringify(figures)}\n`);

const load = async (): Promise<void> => {
  const { size, certificates } = wantedSize();
  const targets = importTargets();
  const loaded = await loadProvince({ certificates, onlyFirst: values['only-first'], inTurn: values.streams }, targets, progress(say));
  targets.close();
  say(`样例省份(${size})已导入,用时 ${(loaded.ms / 1000).toFixed(1)} 秒`);
  if (values.streams) sayJson({ size, ...loaded });
};

/** Officers of one authority lead the case, so the institution is one of theirs. */
const nthInstitution = (certificates: number): Institution => {
  const all = institutions(certificates);
  const culprit = all.filter(({ authority }) => authority === all[0]?.authority)[Number(values.nth) - 1];
  if (culprit === undefined) throw new Error(`样例省份没有第 ${values.nth} 家这样的机构`);
  return culprit;
};

const order = async (): Promise<void> => {
  const { size, certificates } = wantedSize();
  const gateway = address('GATEWAY_URL');
  const culprit = nthInstitution(certificates);
  let retriedRequests = 0;
  const count = (): void => void (retriedRequests += 1);
  const stage = {
    drafter: patient(await signIn(gateway, 'shenyang-a'), count),
    signer: patient(await signIn(gateway, 'shenyang-b'), count),
    publicAnswer: async (number: string) =>
      (await (await fetch(`${gateway}/api/public/certificates/${number}`)).json()) as {
        status: string;
        voidSince?: string;
        voidDocumentNo?: string;
      },
    say,
    isLive: process.stdout.isTTY && !values.json,
  };
  const figures = await carryOut(stage, culprit.code);
  say(
    `\n围栏 ${figures.fencedMs} 毫秒 · 公众可见 ${figures.publicMs} 毫秒 · 执行完毕 ${figures.completedMs} 毫秒 · 残留 ${figures.residual}`,
  );
  await showCertificate(stage.drafter, figures.orderId, say);
  if (!values.once) await liftSecond(stage, culprit.code, figures);
  if (values.json) sayJson({ size, certificates: await countCertificates(), ...figures, retriedRequests });
};

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = { load, order };

const command = COMMANDS[positionals[0] ?? ''];
if (command === undefined) throw new Error(`命令应为 ${Object.keys(COMMANDS).join('、')} 之一`);
command().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof Error && error.cause !== undefined) process.stderr.write(`  ${String(error.cause)}\n`);
  process.exitCode = 1;
});
