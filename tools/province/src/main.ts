// The sample province as a command: `load --size small|standard|large` and `order [--json]`. It is told by the environment
// where the services are; `npm start`, `npm run demo` and the benchmarks call it.
import { parseArgs } from 'node:util';
import { carryOut, liftSecond } from './order';
import { institutions } from './institutions';
import { loadProvince } from './load';
import { signIn } from './officer';
import { progress } from './progress';
import { SIZES, type Size } from './records';
import { address, countCertificates, importTargets } from './targets';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string', default: 'small' }, json: { type: 'boolean', default: false } },
});

const sizeOf = (text: string): Size => {
  if (!(text in SIZES)) throw new Error(`--size 应为 ${Object.keys(SIZES).join('、')} 之一,而不是“${text}”`);
  return text as Size;
};

const load = async (size: Size): Promise<void> => {
  const targets = importTargets();
  const tookMs = await loadProvince(size, targets, progress());
  targets.close();
  process.stdout.write(`样例省份(${size})已导入,用时 ${(tookMs / 1000).toFixed(1)} 秒\n`);
};

const order = async (size: Size): Promise<void> => {
  const gateway = address('GATEWAY_URL');
  const [culprit] = institutions(SIZES[size]);
  if (culprit === undefined) throw new Error('样例省份没有机构');
  const stage = {
    drafter: await signIn(gateway, 'shenyang-a'),
    signer: await signIn(gateway, 'shenyang-b'),
    publicAnswer: async (number: string) =>
      (await (await fetch(`${gateway}/api/public/certificates/${number}`)).json()) as {
        status: string;
        voidSince?: string;
        voidDocumentNo?: string;
      },
    // With --json, standard output is for the one JSON line at the end.
    say: (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`),
    isLive: process.stdout.isTTY && !values.json,
  };
  const figures = await carryOut(stage, culprit.code);
  stage.say(
    `\n围栏 ${figures.fencedMs} 毫秒 · 公众可见 ${figures.publicMs} 毫秒 · 执行完毕 ${figures.completedMs} 毫秒 · 残留 ${figures.residual}`,
  );
  await liftSecond(stage, culprit.code, figures);
  if (values.json) process.stdout.write(`${JSON.stringify({ size, certificates: await countCertificates(), ...figures })}\n`);
};

const COMMANDS: Readonly<Record<string, (size: Size) => Promise<void>>> = { load, order };

const command = COMMANDS[positionals[0] ?? ''];
if (command === undefined) throw new Error(`命令应为 ${Object.keys(COMMANDS).join('、')} 之一`);
command(sizeOf(values.size)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof Error && error.cause !== undefined) process.stderr.write(`  ${String(error.cause)}\n`);
  process.exitCode = 1;
});
