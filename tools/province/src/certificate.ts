// The end of an order from an outsider's view: saves the completion certificate (执行完成证明) and the public keys as files and
// runs the offline verifier on them. The verdict does not depend on the platform.
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

/** Beside the platform's data; in a separate folder if that place is not writable, as in a container. */
export const placeBeside = (keysFolder: string | undefined): string =>
  keysFolder !== undefined && mayWrite(dirname(keysFolder)) ? dirname(keysFolder) : mkdtempSync(join(tmpdir(), 'hengji-certificate-'));

/** Saves both files, checks them, and prints their paths and the result. */
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
