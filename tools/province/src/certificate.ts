// The end of an order as an outsider sees it: the completion certificate (执行完成证明) and the public keys are saved as files,
// and the offline verifier says what it makes of them. Nothing of the platform is asked for the verdict.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Officer } from './officer';

const VERIFIER = join(__dirname, '..', 'verifier', 'hengji-verify.mjs');
const LAST_LINES = 3;

const verdictOf = (certificate: string, keys: string): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [VERIFIER, certificate, '--keys', keys], (_failure, stdout, stderr) =>
      resolve((stdout || stderr).trimEnd()),
    );
  });

const mayWrite = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Beside the platform's data; in a folder of its own where nobody may write there, as in a container. */
export const placeBeside = (keysFolder: string | undefined): string =>
  keysFolder !== undefined && mayWrite(dirname(keysFolder)) ? dirname(keysFolder) : mkdtempSync(join(tmpdir(), 'hengji-certificate-'));

/** Saves both, checks them, and says where they are and what came out. */
export const showCertificate = async (officer: Officer, orderId: string, say: (line: string) => void): Promise<void> => {
  const folder = placeBeside(process.env['KEYS_FOLDER']);
  const certificate = join(folder, '执行完成证明.json');
  const keys = join(folder, '公钥清单.json');
  writeFileSync(certificate, await officer.text(`/orders/${orderId}/certificate`));
  writeFileSync(keys, await officer.text('/public/keys'));
  say(`\n执行完成证明:${certificate}`);
  if (!existsSync(VERIFIER)) return;
  say(`离线核验(npx hengji-verify ${certificate} --keys ${keys}):`);
  const lines = (await verdictOf(certificate, keys)).split('\n');
  lines.slice(-LAST_LINES).forEach((line) => say(`  ${line}`));
};
