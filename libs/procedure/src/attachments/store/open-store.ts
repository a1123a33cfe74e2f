// Selects the object store of a service: a folder, any S3 API, or none. Settings come from the environment, secrets from a file.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { folderStore } from './folder-store';
import { deferred, noStore, type ObjectStore, type StoreTrouble } from './object-store';

/** Part of config.ts. All settings may be absent: everything else works, and attachments are refused with `store.unavailable`. */
export const ATTACHMENTS_CONFIG = {
  /** A folder that every process of the service can access. */
  ATTACHMENTS_FOLDER: z.string().optional(),
  /** URL of an S3 API; it takes precedence over the folder. */
  ATTACHMENTS_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** An existing bucket. Services may share it: each writes below its own name. */
  ATTACHMENTS_S3_BUCKET: z.string().default('hengji-attachments'),
  ATTACHMENTS_S3_REGION: z.string().default('us-east-1'),
  /** JSON: `{ "accessKeyId": "…", "secretAccessKey": "…" }`. */
  ATTACHMENTS_S3_KEY_FILE: z.string().optional(),
} as const;

export type AttachmentsConfig = z.infer<z.ZodObject<typeof ATTACHMENTS_CONFIG>>;

const KEY_FILE = z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });

const keyOf = (file: string | undefined): z.infer<typeof KEY_FILE> => {
  const parsed = KEY_FILE.safeParse(file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8')));
  // The content of the file is never printed.
  if (!parsed.success) throw new Error('ATTACHMENTS_S3_KEY_FILE must name a JSON file with accessKeyId and secretAccessKey');
  return parsed.data;
};

/** Whether a store is configured. */
export const isStoreSet = (config: AttachmentsConfig): boolean =>
  config.ATTACHMENTS_FOLDER !== undefined || config.ATTACHMENTS_S3_ENDPOINT !== undefined;

/** The configured store; throws when the settings are invalid. */
export const openStore = (config: AttachmentsConfig, onTrouble: StoreTrouble): ObjectStore => {
  const { ATTACHMENTS_FOLDER: folder, ATTACHMENTS_S3_ENDPOINT: endpoint } = config;
  if (endpoint === undefined) return folder === undefined ? noStore(onTrouble) : folderStore(folder, onTrouble);
  const { ATTACHMENTS_S3_BUCKET: bucket, ATTACHMENTS_S3_REGION: region, ATTACHMENTS_S3_KEY_FILE: keyFile } = config;
  const settings = { endpoint, bucket, region, ...keyOf(keyFile) };
  // The S3 packages take tens of MB of memory: only a service that uses S3 loads them.
  return deferred(async () => (await import('./s3-store')).s3Store(settings, onTrouble));
};
