// The public keys for checking receipts and completion certificates, as the province publishes them. The file is read for each request, so
// a newly added key is available at once.
import { readFile } from 'node:fs/promises';
import { Refusal } from '@hengji/domain-kit';

/** The content of the trust list file, unchanged; refuses `keys.not_published` when no file is configured or the file cannot be read. */
export const readTrustedKeys = (file: string | undefined) => async (): Promise<string> => {
  const notPublished = new Refusal('notFound', 'keys.not_published', '本平台未公布验签公钥', { rule: 'TRUSTED_KEYS_FILE' });
  if (file === undefined) throw notPublished;
  return readFile(file, 'utf8').catch(() => {
    throw notPublished;
  });
};

export type ReadTrustedKeys = ReturnType<typeof readTrustedKeys>;
