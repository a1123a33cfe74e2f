// The public keys that receipts and completion certificates are checked with, as the province publishes them. Read anew for
// each question: a key that was rotated in is there at once.
import { readFile } from 'node:fs/promises';
import { Refusal } from '@hengji/domain-kit';

/** The trust list file, as it is; refuses `keys.not_published` when none is configured or it cannot be read. */
export const readTrustedKeys = (file: string | undefined) => async (): Promise<string> => {
  const notPublished = new Refusal('notFound', 'keys.not_published', '本平台未公布验签公钥', { rule: 'TRUSTED_KEYS_FILE' });
  if (file === undefined) throw notPublished;
  return readFile(file, 'utf8').catch(() => {
    throw notPublished;
  });
};

export type ReadTrustedKeys = ReturnType<typeof readTrustedKeys>;
