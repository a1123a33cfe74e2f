// `npm run bench [-- cascade|load|verify|relay|lists|size] [--certificates N] [--rows N] [--requests N] [--listed N]
// [--json]`
// Measures the figures that the project reports, each beside its floor in the same run; docs/BENCH.md describes the
// method. Without a command, all measurements run on sizes that take a few minutes on a laptop.
import { parseArgs } from 'node:util';
import { cascade } from './cascade/cascade';
import { ONE_CALL_EACH, serveOneCallEach } from './cascade/one-call-each';
import { type Ground, openGround } from './ground/ground';
import { lists } from './lists/lists';
import { load } from './load/load';
import { relay } from './relay/relay';
import { print, type Report } from './report';
import { size } from './size/size';
import { CONSTANT_ANSWER, serveConstant } from './verify/constant-answer';
import { verify } from './verify/verify';

type Command = (ground: Ground, amount: Amounts) => Promise<Report>;

/** The size of each command's data. */
interface Amounts {
  /** Certificates of the institution that the order is about. */
  readonly certificates: number;
  readonly rows: number;
  readonly requests: number;
  /** Rows of each list. */
  readonly listed: number;
}

const QUICK: Amounts = { certificates: 10_000, rows: 5_000, requests: 10_000, listed: 50_000 };
const ALONE: Amounts = { certificates: 100_000, rows: 20_000, requests: 50_000, listed: 1_000_000 };

const COMMANDS: Readonly<Record<string, Command>> = {
  load: (ground, { certificates }) => load(ground, certificates),
  verify: (ground, { certificates, requests }) => verify(ground, certificates, requests),
  cascade: (ground, { certificates }) => cascade(ground, certificates),
  relay: (ground, { rows }) => relay(ground, rows),
  lists: (ground, { listed }) => lists(ground, listed),
  size: () => size(),
};

const whole = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1 on, not '${text}'`);
  return value;
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      certificates: { type: 'string' },
      rows: { type: 'string' },
      requests: { type: 'string' },
      listed: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals[0] === CONSTANT_ANSWER) return serveConstant();
  if (positionals[0] === ONE_CALL_EACH) return serveOneCallEach();
  const wanted = positionals.length > 0 ? positionals : Object.keys(COMMANDS);
  const unknown = wanted.find((name) => !Object.hasOwn(COMMANDS, name));
  if (unknown !== undefined) throw new Error(`there is no '${unknown}' to measure; there are ${Object.keys(COMMANDS).join(', ')}`);
  const usual = positionals.length > 0 ? ALONE : QUICK;
  const amounts = {
    certificates: whole('certificates', values.certificates, usual.certificates),
    rows: whole('rows', values.rows, usual.rows),
    requests: whole('requests', values.requests, usual.requests),
    listed: whole('listed', values.listed, usual.listed),
  };
  const ground = openGround();
  const reports: Record<string, Report> = {};
  try {
    for (const name of wanted) {
      const command = COMMANDS[name];
      if (command === undefined) continue;
      console.error(`\n${name} …`);
      reports[name] = await command(ground, amounts);
      if (!values.json) print(name, reports[name]);
    }
  } finally {
    await ground.close();
  }
  if (values.json) console.log(JSON.stringify(figuresOf(reports)));
};

/** The figures of one command as they are; the figures of several commands keyed by command name. */
const figuresOf = (reports: Readonly<Record<string, Report>>): object => {
  const figures = Object.entries(reports).map(([name, report]) => [name, report.json] as const);
  return figures.length === 1 ? (figures[0]?.[1] ?? {}) : Object.fromEntries(figures);
};

main().then(
  () => process.exit(0),
  (failure: unknown) => {
    console.error(failure);
    process.exit(1);
  },
);
