// Imports the uploads that the platform already has (历史数据). Each message is one transaction. A faulty row refuses its message and ends the
// stream; acknowledged messages stay. Certificate consumes these uploads like any accepted upload.
import { TOPICS } from '@hengji/contracts';
import type { ImportUploadsRequest, Upload } from '@hengji/contracts/exchange/v1/exchange_service';
import { dayOf, Refusal } from '@hengji/domain-kit';
import { publish } from '@hengji/messaging';
import type { CallerContext } from '@hengji/host';
import { byInstitution, checkGuard } from '@hengji/participation';
import { onBatch, recorded } from '@hengji/procedure';
import { typedNumber, typedOccupationCode } from '@hengji/province';
import { checkImported, sameUpload } from '../../domain/imported-upload';
import { MAX_ROWS } from '../../domain/message';
import type { Database, Tx } from '../store/database';
import { findRecords, insertUploaded } from '../store/uploads';
import { doing } from './acts';

const IMPORT_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;

const check = (uploads: readonly Upload[], today: string): void => {
  if (uploads.length > MAX_ROWS) throw new Refusal('tooMuch', 'import.too_many', `每次最多导入${MAX_ROWS}条`, { field: 'uploads' });
  const seen = new Set<string>();
  uploads.forEach((upload, i) => {
    checkImported(upload, today, `uploads[${i}]`);
    if (seen.has(upload.number)) throw new Refusal('invalid', 'upload.twice', '同一批中证书编号重复', { field: `uploads[${i}].number` });
    seen.add(upload.number);
  });
};

const checkGuards = async (tx: Tx, uploads: readonly Upload[]): Promise<void> => {
  for (const [institution, records] of byInstitution(uploads)) {
    await checkGuard(
      tx,
      institution,
      records.map(({ number, ...rest }) => ({ ...rest, certificateNumber: number })),
    );
  }
};

const announceAccepted = async (tx: Tx, uploads: readonly Upload[], now: Date): Promise<void> => {
  for (const [institution, records] of byInstitution(uploads)) {
    const numbers = records.map(({ number }) => number);
    await publish(tx, TOPICS.exchange, { institution, body: { $case: 'uploadsAccepted', value: { numbers } }, occurredAt: now });
  }
};

const importBatch = async (tx: Tx, now: Date, { uploads }: ImportUploadsRequest): Promise<{ imported: number; already: number }> => {
  check(uploads, dayOf(now));
  const known = new Map(
    (
      await findRecords(
        tx,
        uploads.map(({ number }) => number),
      )
    ).map((record) => [record.number, record]),
  );
  uploads.forEach((upload, i) => {
    const record = known.get(upload.number);
    if (record && !sameUpload(record, upload)) {
      throw new Refusal('conflict', 'upload.differs', '该证书编号已有内容不同的上传记录', { field: `uploads[${i}].number` });
    }
  });
  const fresh = uploads.filter(({ number }) => !known.has(number));
  // Known uploads may be inside a fence: sending them again creates no new record.
  await checkGuards(tx, fresh);
  const inserted = await insertUploaded(tx, fresh);
  await announceAccepted(
    tx,
    fresh.filter(({ number }) => inserted.has(number)),
    now,
  );
  return { imported: inserted.size, already: uploads.length - inserted.size };
};

/** Numbers and codes as a file has them: in lower case, with spaces or hyphens. */
const typedUpload = (upload: Upload): Upload => ({
  ...upload,
  number: typedNumber(upload.number),
  institution: typedNumber(upload.institution),
  occupation: typedOccupationCode(upload.occupation),
});

export const importUploads = (db: Database, now: () => Date) =>
  async function* (requests: AsyncIterable<ImportUploadsRequest>, call: CallerContext) {
    for await (const request of requests) {
      const uploads = request.uploads.map(typedUpload);
      const records = uploads.map(({ number, institution }) => ({ id: number, institution }));
      const work = async (tx: Tx) => ({ answer: await importBatch(tx, now(), { uploads }), ...onBatch(records) });
      yield await db.$transaction((tx) => recorded(tx, doing('importUploads', {}, call), () => work(tx)), IMPORT_LIMITS);
    }
  };
