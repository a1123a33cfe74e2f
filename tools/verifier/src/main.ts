// hengji-verify: checks a completion certificate, a receipt or a proof file offline, with the public keys alone.
//   hengji-verify <file> --keys <trust.json>
// Ends with 0 when everything held, 1 when something did not, 2 when there was nothing to check with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkFile, trustedKeys } from './check-file';
import { printable } from './printable';

const USAGE = `用法：hengji-verify <文件> --keys <公钥清单.json>
  文件可以是执行完成证明、回执或存证文件（JSON）。公钥清单请从主管部门公布处取得，不要用对方随文件给的。`;

const argumentsOf = (given: readonly string[]): { file: string; keys: string } | undefined => {
  const at = given.indexOf('--keys');
  const keys = at < 0 ? undefined : given[at + 1];
  const [file, ...more] = given.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  return file !== undefined && keys !== undefined && more.length === 0 ? { file, keys } : undefined;
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const main = (given: readonly string[]): number => {
  const asked = argumentsOf(given);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const [bytes, list] = [readFileSync(asked.file), readFileSync(asked.keys)];
  const keys = trustedKeys(list.toString('utf8'));
  const [file, keysFile] = [printable(asked.file), printable(asked.keys)];
  console.log(
    `文件      ${file}\n          SHA-256 ${sha256(bytes)}\n公钥清单  ${keysFile}，${keys.length}把\n          SHA-256 ${sha256(list)}\n`,
  );
  const found = checkFile(bytes, keys);
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
