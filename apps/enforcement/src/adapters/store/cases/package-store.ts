// The package of a transfer order (移送材料): closed in the transaction that signs, with the current hashes of its documents
// and attachments. The bytes are not copied and never change; exchange reads them when it sends the package.
import type { PackageItem } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { Packages } from '../../../application/cases/ports';
import type { PackageRefs } from '../../../domain/cases/tracks/transfer-track';
import type { Tx } from '../database';
import { ATTACHMENTS } from './old-attachments';

/** The limit of all items together: what the receiving systems accept in one request. */
export const MOST_BYTES = 20 * 1024 * 1024;

interface ItemRow {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: Uint8Array;
  readonly documentId: string;
  readonly attachmentId: string;
}

// In the sequence of the given ids: the documents first. Files of another case are not found.
const findSql = (caseId: string, documentIds: readonly string[], attachmentIds: readonly string[]): Sql => sql`
  SELECT d.title || '（' || d.number || '）' AS name, 'application/pdf' AS "mediaType", length(d.pdf) AS bytes, d.sha256,
         d.id AS "documentId", '' AS "attachmentId", 0 AS kind, array_position(${documentIds}::text[], d.id) AS place
  FROM procedure.document d WHERE d.file_id = ${caseId} AND d.id = ANY(${documentIds}::text[])
  UNION ALL
  SELECT name, media_type, bytes, sha256, '', id, 1, array_position(${attachmentIds}::text[], id)
  FROM ${ATTACHMENTS} WHERE file_id = ${caseId} AND id = ANY(${attachmentIds}::text[])
  ORDER BY kind, place`;

const refuse = (kind: 'invalid' | 'tooMuch', reason: string, message: string): never => {
  throw new Refusal(kind, reason, message, { field: 'attachment_ids', rule: '国务院令310号第六条' });
};

const itemsOf = async (tx: Tx, { caseId, documentIds, attachmentIds }: PackageRefs & { readonly caseId: string }): Promise<ItemRow[]> => {
  const items = await rowsOf<ItemRow>(tx, findSql(caseId, documentIds, attachmentIds));
  if (items.length < documentIds.length + attachmentIds.length || documentIds.length === 0) {
    refuse('invalid', 'transfer.package_incomplete', '移送材料不齐：移送书或案卷中的附件找不到');
  }
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  if (bytes > MOST_BYTES) refuse('tooMuch', 'transfer.package_too_large', `移送材料共${bytes}字节，超过${MOST_BYTES}字节`);
  return items;
};

export const packageStore: Packages<Tx> = {
  check: async (tx, asked) => {
    await itemsOf(tx, asked);
  },
  close: async (tx, { orderId, ...asked }) => {
    const items = await itemsOf(tx, asked);
    await tx.transferItem.createMany({
      data: items.map(({ name, mediaType, bytes: size, sha256, documentId, attachmentId }, position) => ({
        ...{ orderId, position, name, mediaType, documentId, attachmentId },
        bytes: size,
        sha256: Buffer.from(sha256),
      })),
    });
  },
};

/** The package of the order as a message; empty for an order that is not a transfer. */
export const packageOnWire = async (tx: SqlTx, orderId: string): Promise<PackageItem[]> => {
  const items = await rowsOf<ItemRow>(
    tx,
    sql`SELECT name, media_type AS "mediaType", bytes, sha256, document_id AS "documentId", attachment_id AS "attachmentId"
     FROM transfer_item WHERE order_id = ${orderId} ORDER BY position`,
  );
  return items.map((item) => ({ ...item, bytes: BigInt(item.bytes), sha256: Buffer.from(item.sha256) }));
};
