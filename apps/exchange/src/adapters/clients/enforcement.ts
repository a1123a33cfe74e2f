// The client of enforcement, limited to what exchange calls: the fences in force at its start, and the bytes of the items of a transfer
// order.
import { CaseServiceDefinition, type ReadAttachmentResponse } from '@hengji/contracts/enforcement/v1/case_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { grpcClient } from '@hengji/host';
import type { Config } from '../../config';
import type { ReadItem } from '../http/body-of';

const DEADLINE_MS = 5_000;
/** The stream itself has no deadline. */
const LONG_CALL = { deadlineMs: 60_000 } as const;

const options = (config: Config) => ({ caller: 'exchange', secret: config.CALLER_SECRET, deadlineMs: DEADLINE_MS });

export const enforcementClient = (config: Config) => grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, options(config));

/** The actor for reading the case file: an auditor, because exchange reads and decides nothing. */
const READER: Actor = { officerId: 'exchange', name: '数据交换', role: 'AUDITOR', authority: 'LN', institution: '' };

/** A package has at most 20 MB. */
const readAttachment = async (pieces: AsyncIterable<ReadAttachmentResponse>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const { chunk } of pieces) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Reads the items of packages; connects at the first call, `close` ends the connection. */
export const packageReader = (config: Config): { readonly read: ReadItem; close(): void } => {
  const cases = grpcClient(CaseServiceDefinition, config.ENFORCEMENT_ADDR, options(config));
  return {
    read: async ({ documentId, attachmentId }) =>
      documentId === ''
        ? readAttachment(cases.readAttachment({ actor: READER, attachmentId }, LONG_CALL))
        : (await cases.getDocument({ actor: READER, documentId })).pdf,
    close: () => cases.close(),
  };
};
