// Enforcement, narrowed to what exchange asks of it: which fences stand when it starts, and the bytes of what a transfer
// order hands over.
import { CaseServiceDefinition, type ReadAttachmentResponse } from '@hengji/contracts/enforcement/v1/case_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { grpcClient } from '@hengji/host';
import type { Config } from '../../config';
import type { ReadItem } from '../http/body-of';

const DEADLINE_MS = 5_000;
/** A stream has no limit of its own. */
const LONG_CALL = { deadlineMs: 60_000 } as const;

const options = (config: Config) => ({ caller: 'exchange', secret: config.CALLER_SECRET, deadlineMs: DEADLINE_MS });

export const enforcementClient = (config: Config) => grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, options(config));

/** Whom the file of the case is opened to: it is read, and nothing is decided. */
const READER: Actor = { officerId: 'exchange', name: '数据交换', role: 'AUDITOR', authority: 'LN', institution: '' };

/** A package has 20 MB at most. */
const readAttachment = async (pieces: AsyncIterable<ReadAttachmentResponse>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const { chunk } of pieces) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Reads the items of packages; connects with the first call, `close` ends the connection. */
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
