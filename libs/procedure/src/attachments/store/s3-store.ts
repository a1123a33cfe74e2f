// The object store on any S3 API (SeaweedFS, Ceph, MinIO, a cloud's own): one existing bucket. An object is uploaded in parts of 5 MB, one
// after the other, so that a large file needs no more memory than two parts.
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import {
  reading,
  storeUnavailable,
  watched,
  type ByteRange,
  type Content,
  type ObjectInList,
  type ObjectStore,
  type StoreTrouble,
} from './object-store';

export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const PART_BYTES = 5 * 1024 * 1024;
const CONNECT_MS = 3_000;
const SILENCE_MS = 30_000;

const connect = ({ endpoint, region, accessKeyId, secretAccessKey }: S3Settings): S3Client =>
  new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 2,
    // Newer AWS requests carry checksums that other servers refuse. We hash every object ourselves and check the hash at each read.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS },
  });

const isAnswer = (failure: unknown, ...statuses: readonly number[]): boolean =>
  failure instanceof S3ServiceException && statuses.includes(failure.$metadata.httpStatusCode ?? 0);

/** A missing bucket is also a 404, but not a missing object. */
const isMissing = (failure: unknown): boolean => isAnswer(failure, 404) && (failure as Error).name !== 'NoSuchBucket';

const listing = (client: S3Client, bucket: string) =>
  async function* (prefix: string): AsyncGenerator<ObjectInList> {
    for (let after: string | undefined; ;) {
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: after }));
      for (const { Key: key, LastModified: at } of page.Contents ?? []) if (key !== undefined && at !== undefined) yield { key, at };
      if (page.NextContinuationToken === undefined) return;
      after = page.NextContinuationToken;
    }
  };

const brokenUploads = async (client: S3Client, bucket: string, { prefix, before }: { prefix: string; before: Date }): Promise<void> => {
  const page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix })).catch((failure: unknown) => {
    // A store that cannot list interrupted uploads ends them by its own rule (AbortIncompleteMultipartUpload).
    if (isAnswer(failure, 405, 501)) return undefined;
    throw failure;
  });
  for (const { Key, UploadId, Initiated } of page?.Uploads ?? [])
    if (Key !== undefined && Initiated !== undefined && Initiated < before)
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
};

export const s3Store = (settings: S3Settings, onTrouble: StoreTrouble): ObjectStore => {
  const client = connect(settings);
  const Bucket = settings.bucket;
  const trouble = (failure: unknown, what: string): Error => {
    onTrouble(failure, what);
    return storeUnavailable();
  };
  const tried = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (failure) {
      throw trouble(failure, what);
    }
  };
  const orMissing = async <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((failure: unknown) => {
      if (isMissing(failure)) return undefined;
      throw failure;
    });
  const read = async (key: string, part?: ByteRange): Promise<Content | undefined> => {
    const range = part && { Range: `bytes=${part.from}-${part.until - 1}` };
    const answer = await orMissing(client.send(new GetObjectCommand({ Bucket, Key: key, ...range })));
    return answer && reading(answer.Body as Readable, (failure) => trouble(failure, `read ${key}`));
  };
  const move = async (from: string, to: string): Promise<boolean> => {
    const copy = new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` });
    if ((await orMissing(client.send(copy))) === undefined) return false;
    await client.send(new DeleteObjectCommand({ Bucket, Key: from }));
    return true;
  };
  return {
    write: async (Key, content) => {
      const source = watched(content);
      const Body = Readable.from(source.content, { objectMode: false, highWaterMark: 1 });
      try {
        await new Upload({ client, params: { Bucket, Key, Body }, partSize: PART_BYTES, queueSize: 1 }).done();
      } catch (failure) {
        throw source.failure() ?? trouble(failure, `write ${Key}`);
      }
    },
    read: (key, part) => tried(`read ${key}`, () => read(key, part)),
    move: (from, to) => tried(`move ${from}`, () => move(from, to)),
    list: async function* (prefix) {
      try {
        yield* listing(client, Bucket)(prefix);
      } catch (failure) {
        throw trouble(failure, `list ${prefix}`);
      }
    },
    remove: (Key) => tried(`remove ${Key}`, async () => void (await client.send(new DeleteObjectCommand({ Bucket, Key })))),
    endBrokenUploads: (prefix, before) => tried(`uploads below ${prefix}`, () => brokenUploads(client, Bucket, { prefix, before })),
  };
};
