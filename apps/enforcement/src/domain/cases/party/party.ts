// What the institution knows of its case, and what of the file it may read (行政处罚法 §47): what was served on it, what it said,
// what was decided. Never that a transfer is under way (国务院令310号): no step, order, paper or limit of one; and no draft.
import { Refusal } from '@hengji/domain-kit';
import { maySee, type Actor } from '../../competence';
import type { Case, CaseEntry, CaseStep, DocumentKind, OrderOfCase } from '../case';
import { HIDDEN_FROM_PARTY } from '../../deadlines/deadline';
import { ruleOf } from '../steps';

type Known = Pick<OrderOfCase, 'id' | 'kind' | 'state'>;

const ISSUED: readonly OrderOfCase['state'][] = ['EXECUTING', 'COMPLETED', 'LIFTING', 'LIFTED'];

/** The orders that the institution was told of: issued, and no transfer. */
export const ordersForParty = <T extends Known>(orders: readonly T[]): T[] =>
  orders.filter(({ kind, state }) => kind !== 'transfer' && ISSUED.includes(state));

/** Whether the institution knows of the case: by its notice, or by an interim stop ahead of it. */
export const isKnownToParty = ({ entries }: Pick<Case, 'entries'>, orders: readonly Known[]): boolean =>
  entries.some(({ step }) => step === 'SERVE_NOTICE') || ordersForParty(orders).length > 0;

/** Refuses `case.out_of_territory`. */
export const checkMaySeeCase = (actor: Actor, theCase: Case, orders: readonly Known[]): void => {
  const { authority, institution } = theCase;
  if (!maySee(actor, { authority, institution, issued: isKnownToParty(theCase, orders) })) {
    throw new Refusal('forbidden', 'case.out_of_territory', '您无权查看该案件', { field: 'actor', rule: 'rules §7.9' });
  }
};

/** The record as the institution reads it. A signature is an entry like any other, and its text is the order: a transfer's is left out. */
export const entriesForParty = <T extends Pick<CaseEntry, 'step' | 'text' | 'orderId'>>(
  entries: readonly T[],
  orders: readonly Known[],
): T[] => {
  const told = new Set(ordersForParty(orders).map(({ id }) => id));
  const shown = entries.filter(({ step, text }) => ruleOf(step).shownToParty && (step !== 'EXECUTE' || told.has(text)));
  // A draft is not the institution's to know of.
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

/** Limits of a transfer are not the institution's to see. */
export const isLimitForParty = (code: string): boolean => !HIDDEN_FROM_PARTY.includes(code);

/** Of its own steps alone: those of officers would tell it what is weighed inside the authority, and of a transfer. */
export const obstaclesForParty = <T extends { readonly step: CaseStep }>(obstacles: readonly T[]): T[] =>
  obstacles.filter(({ step }) => ruleOf(step).by === 'institution');
