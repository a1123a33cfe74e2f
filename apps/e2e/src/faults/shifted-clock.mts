// Loaded into a service's process before its program (`--import`). The clock of the process is wrong by the milliseconds
// in CLOCK_FILE. The file can change while the process runs, like a time service that sets the clock. Times that count
// from the start of the machine (timers, performance) are right.
import { readFileSync, writeFileSync } from 'node:fs';

const LOOK_EVERY_MS = 25;
const file = process.env['CLOCK_FILE'] ?? '';
const RealDate = globalThis.Date;
let aheadMs = 0;

const look = () => {
  const wanted = Number(readFileSync(file, 'utf8'));
  if (wanted === aheadMs) return;
  aheadMs = wanted;
  writeFileSync(`${file}.taken`, String(aheadMs));
};

const now = () => RealDate.now() + aheadMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

look();
setInterval(look, LOOK_EVERY_MS).unref();
