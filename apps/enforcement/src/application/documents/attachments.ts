// 附件: evidence and records as they were handed in, kept with their hash and never changed.
import type { Actor } from '../../domain/competence';
import { checkMaySeeCase } from '../../domain/cases/party/party';
import { checkAttachment } from '../../domain/documents/attachment';
import type { Cases } from '../cases/ports';
import type { Request, Transactions } from '../ports';
import type { AttachmentStore } from './ports';

interface Deps<Tx> {
  readonly store: AttachmentStore<Tx>;
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>;
  readonly sha256: (content: Uint8Array) => Uint8Array;
  readonly transactions: Transactions<Tx>;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface AddAttachment {
  readonly request: Request;
  readonly actor: Actor;
  readonly caseId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** Keeps the file; returns its id. Refuses as `checkAttachment`, `case.unknown`, `case.out_of_territory`. */
export const addAttachment =
  <Tx>({ store, cases, sha256, transactions, newId, now }: Deps<Tx>) =>
  async ({ request, actor, caseId, name, mediaType, content }: AddAttachment): Promise<string> => {
    checkAttachment({ name, mediaType, bytes: content.length });
    checkMaySeeCase(actor, await cases.get(caseId), await cases.ordersOf(caseId));
    return transactions.once(request, async (tx) => {
      const id = newId();
      const institution = actor.role === 'INSTITUTION' ? actor.institution : '';
      const about = { id, caseId, name, mediaType, bytes: content.length, sha256: sha256(content) };
      await store.insert(tx, { ...about, addedBy: actor.officerId, institution, addedAt: now() }, content);
      return id;
    });
  };
