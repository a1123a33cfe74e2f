// The part of a case that its institution may read (行政处罚法 §47): what was served on it, its own statements, and what was
// decided. A transfer is never shown (国务院令310号): no step, order, document or limit of a transfer. A draft is not shown
// either.
import { Refusal } from '@hengji/domain-kit';
import { maySee, type Actor } from '../../competence';
import type { Case, CaseEntry, CaseStep, DocumentKind, OrderOfCase } from '../case';
import { HIDDEN_FROM_PARTY } from '../../deadlines/deadline';
import { ruleOf } from '../steps';

type Known = Pick<OrderOfCase, 'id' | 'kind' | 'state'>;

const ISSUED: readonly OrderOfCase['state'][] = ['EXECUTING', 'COMPLETED', 'LIFTING', 'LIFTED'];

/** The orders that the institution was notified of: issued, and not a transfer. */
export const ordersForParty = <T extends Known>(orders: readonly T[]): T[] =>
  orders.filter(({ kind, state }) => kind !== 'transfer' && ISSUED.includes(state));

/** Whether the institution may know of the case: after its notice, or after an interim stop before the notice. */
export const isKnownToParty = ({ entries }: Pick<Case, 'entries'>, orders: readonly Known[]): boolean =>
  entries.some(({ step }) => step === 'SERVE_NOTICE') || ordersForParty(orders).length > 0;

/** Refuses `case.out_of_territory`. */
export const checkMaySeeCase = (actor: Actor, theCase: Case, orders: readonly Known[]): void => {
  const { authority, filedWith, institution } = theCase;
  if (!maySee(actor, { authority, filedWith, institution, issued: isKnownToParty(theCase, orders) })) {
    throw new Refusal('forbidden', 'case.out_of_territory', '您无权查看该案件', { field: 'actor', rule: 'rules §7.9' });
  }
};

/** The record as the institution reads it. The entry of a signature holds the order's text, so the entry of a transfer is left out. */
export const entriesForParty = <T extends Pick<CaseEntry, 'step' | 'text' | 'orderId'>>(
  entries: readonly T[],
  orders: readonly Known[],
): T[] => {
  const told = new Set(ordersForParty(orders).map(({ id }) => id));
  const shown = entries.filter(({ step, text }) => ruleOf(step).shownToParty && (step !== 'EXECUTE' || told.has(text)));
  // Drafts are not shown to the institution.
  return shown.map((entry) => (told.has(entry.orderId) ? entry : { ...entry, orderId: '' }));
};

interface Paper {
  readonly documentId: string;
  readonly kind: DocumentKind | 'UNSPECIFIED';
  readonly orderId: string;
  readonly services: readonly { readonly receiptDocumentId: string }[];
}

/** Documents without the 移送书 and the proofs of its service. */
export const documentsForParty = <T extends Paper>(documents: readonly T[], orders: readonly Known[]): T[] => {
  const transfers = new Set(orders.flatMap(({ id, kind }) => (kind === 'transfer' ? [id] : [])));
  const isHidden = ({ kind, orderId }: Paper): boolean => kind === 'TRANSFER' || transfers.has(orderId);
  const receipts = new Set(
    documents.filter(isHidden).flatMap(({ services }) => services.map(({ receiptDocumentId }) => receiptDocumentId)),
  );
  return documents.filter((document) => !isHidden(document) && !receipts.has(document.documentId));
};

/** Limits of a transfer are not shown to the institution. */
export const isLimitForParty = (code: string): boolean => !HIDDEN_FROM_PARTY.includes(code);

/** The obstacles of the institution's own steps only. Obstacles of officers' steps would reveal internal considerations, or a transfer. */
export const obstaclesForParty = <T extends { readonly step: CaseStep }>(obstacles: readonly T[]): T[] =>
  obstacles.filter(({ step }) => ruleOf(step).by === 'institution');
