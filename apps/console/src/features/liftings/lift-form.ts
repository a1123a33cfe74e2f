// The values of the lifting dialogue and the request body made from them. Pure, so that tests need no browser.
import type { LiftBody, OrderJson } from '../../api';
import { entries } from '../drafts/scope-form';
import type { Answers } from '../../http';

export interface LiftForm {
  whole?: boolean;
  ground: Answers['LiftGround'];
  reason: string;
  measures?: NonNullable<LiftBody['measures']>;
  persons?: string;
  sessions?: string;
  certificates?: string;
}

/** Whole: neither scope nor measures. In part: the order's own scope, narrowed by the typed values. */
export const liftBody = (form: LiftForm, order: Pick<OrderJson, 'scope'>): LiftBody => {
  const said = { ground: form.ground, reason: form.reason.trim() };
  if (form.whole !== false) return { ...said, measures: [] };
  const narrowed = { persons: entries(form.persons), sessions: entries(form.sessions), certificates: entries(form.certificates) };
  const isNarrowed = Object.values(narrowed).some((list) => list.length > 0);
  const scope = order.scope === undefined || !isNarrowed ? {} : { scope: { ...order.scope, ...nonEmpty(narrowed) } };
  return { ...said, measures: form.measures ?? [], ...scope };
};

/**
 * The fault of a part, or undefined. Enforcement would read a part that narrows nothing as the whole order, and an order that was lifted by
 * mistake cannot be put in force again.
 */
export const partProblem = (form: Omit<LiftForm, 'ground' | 'reason'>, order: Pick<OrderJson, 'measures'>): string | undefined => {
  if (form.whole !== false) return undefined;
  const isNarrowed = [form.persons, form.sessions, form.certificates].some((text) => entries(text).length > 0);
  const chosen = form.measures?.length ?? 0;
  if (isNarrowed || (chosen > 0 && chosen < order.measures.length)) return undefined;
  return chosen === 0
    ? '部分解除须至少选择一项措施，或填写人员、场次、证书之一；解除整份决定请选“全部解除”'
    : '已选了全部措施而未收窄范围；解除整份决定请选“全部解除”';
};

/** An empty list leaves the order's own list unchanged. */
const nonEmpty = (lists: Readonly<Record<string, string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
