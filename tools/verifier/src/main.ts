// hengji-verify: checks a completion certificate, a receipt, a proof file or a file of acts offline, with the public keys alone.
//   hengji-verify <file> --keys <trust.json>
//   hengji-verify acts <file.jsonl> --keys <trust.json>
// Ends with 0 when everything held, 1 when something did not, 2 when there was nothing to check with.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { checkActs } from './acts/check-acts';
import { checkFile, trustedKeys } from './check-file';
import { printable } from './printable';

const USAGE = `用法：hengji-verify <文件> --keys <公钥清单.json>
      hengji-verify acts <办理记录.jsonl> --keys <公钥清单.json>
  文件可以是执行完成证明、回执或存证文件（JSON），或某服务导出的办理记录（每行一个JSON）。
  公钥清单请从主管部门公布处取得，不要用对方随文件给的。`;

interface Asked {
  readonly acts: boolean;
  readonly file: string;
  readonly keys: string;
}

const argumentsOf = (given: readonly string[]): Asked | undefined => {
  const at = given.indexOf('--keys');
  const keys = at < 0 ? undefined : given[at + 1];
  const rest = given.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  const acts = rest[0] === 'acts' && rest.length === 2;
  const [file, ...more] = acts ? rest.slice(1) : rest;
  return file !== undefined && keys !== undefined && more.length === 0 ? { acts, file, keys } : undefined;
};

const PIECE_BYTES = 1 << 20;

/** The file in pieces, so that its size does not matter. */
function* pieces(file: string): Generator<Buffer> {
  const open = openSync(file, 'r');
  try {
    for (;;) {
      const piece = Buffer.alloc(PIECE_BYTES);
      const bytes = readSync(open, piece);
      if (bytes === 0) return;
      yield piece.subarray(0, bytes);
    }
  } finally {
    closeSync(open);
  }
}

/** Each line without its end; a last one that has none counts as well. */
function* linesOf(file: string): Generator<string> {
  let rest = Buffer.alloc(0);
  for (const piece of pieces(file)) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield rest.toString('utf8');
}

const sha256 = (bytes: Iterable<Uint8Array>): string => {
  const digest = createHash('sha256');
  for (const piece of bytes) digest.update(piece);
  return digest.digest('hex');
};

const main = (given: readonly string[]): number => {
  const asked = argumentsOf(given);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const list = readFileSync(asked.keys);
  const keys = trustedKeys(list.toString('utf8'));
  const [file, keysFile] = [printable(asked.file), printable(asked.keys)];
  console.log(
    `文件      ${file}\n          SHA-256 ${sha256(pieces(asked.file))}\n公钥清单  ${keysFile}，${keys.length}把\n          SHA-256 ${sha256([list])}\n`,
  );
  const found = asked.acts ? checkActs(linesOf(asked.file), keys) : checkFile(readFileSync(asked.file), keys);
  for (const { ok, check, text } of found.all) console.log(printable(ok ? `  通过  ${text}` : `  不符  ${text}  [${check}]`));
  const failed = found.all.filter(({ ok }) => !ok).length;
  console.log(found.ok ? `\n结论：通过，共核对${found.all.length}项。` : `\n结论：不通过，${found.all.length}项中${failed}项不符。`);
  return found.ok ? 0 : 1;
};

try {
  process.exitCode = main(process.argv.slice(2));
} catch (failure) {
  console.error(`无法核对：${printable(failure instanceof Error ? failure.message : String(failure))}`);
  process.exitCode = 2;
}
