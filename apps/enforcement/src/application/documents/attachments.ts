// 附件: evidence and records as submitted, stored with their hash and never changed.
import type { Announced, AttachmentRow, AttachmentRows, Attachments } from '@hengji/procedure';
import type { SqlTx } from '@hengji/messaging';
import type { Actor } from '../../domain/competence';
import { checkMaySeeCase } from '../../domain/cases/party/party';
import type { EvidenceKind } from '../../domain/documents/attachment';
import type { Cases } from '../cases/ports';
import type { Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly attachments: Attachments<EvidenceKind>;
  readonly rows: Pick<AttachmentRows, 'insert'>;
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>;
  readonly transactions: Transactions<Tx>;
}

export interface AddAttachment {
  /** Builds the request id after the hash of the content is known, because the content is part of the request. */
  readonly request: (row: AttachmentRow) => Request;
  readonly actor: Actor;
  readonly caseId: string;
  readonly kind: EvidenceKind;
  readonly announced: Announced;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Stores the file; returns its id. Refuses as `Attachments.add`, `case.unknown`, `case.out_of_territory`. */
export const addAttachment =
  <Tx extends SqlTx>({ attachments, rows, cases, transactions }: Deps<Tx>) =>
  async ({ request, actor, caseId, ...file }: AddAttachment): Promise<string> => {
    checkMaySeeCase(actor, await cases.get(caseId), await cases.ordersOf(caseId));
    const institution = actor.role === 'INSTITUTION' ? actor.institution : '';
    return attachments.add({ ...file, fileId: caseId, addedBy: actor.officerId, institution }, (row) =>
      transactions.once(request(row), async (tx) => {
        await rows.insert(tx, row);
        return row.id;
      }),
    );
  };
