// What the lifting dialogue holds, and the request body that it becomes. Pure, so that it is tested without a browser.
import type { LiftGround } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { LiftBody, OrderJson } from '../../api';
import { entries } from '../orders/scope-form';

export interface LiftForm {
  whole?: boolean;
  ground: LiftGround;
  reason: string;
  measures?: string[];
  persons?: string;
  sessions?: string;
  certificates?: string;
}

/** Whole: neither scope nor measures. In part: the order's own scope, narrowed by what was written. */
export const liftBody = (form: LiftForm, order: Pick<OrderJson, 'scope'>): LiftBody => {
  const said = { ground: form.ground, reason: form.reason.trim() };
  if (form.whole !== false) return { ...said, measures: [] };
  const narrowed = { persons: entries(form.persons), sessions: entries(form.sessions), certificates: entries(form.certificates) };
  const isNarrowed = Object.values(narrowed).some((list) => list.length > 0);
  const scope = order.scope === undefined || !isNarrowed ? {} : { scope: { ...order.scope, ...nonEmpty(narrowed) } };
  return { ...said, measures: form.measures ?? [], ...scope };
};

/** A list that is empty leaves the order's own as it is. */
const nonEmpty = (lists: Readonly<Record<string, string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
