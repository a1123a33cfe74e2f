// Every list of the platform, by its name: the gateway's endpoints and the exports are generated from this table.
import { ACTS } from './acts';
import { CASES, DEADLINES, DECISION_NOTICES, INSTITUTIONS, MESSAGES, NOTICES, ORDERS, REMEDIES } from './files';
import { CERTIFICATES, PAYMENTS, PLANS, RECOVERIES, RESULTS } from './records';
import type { ListSpec } from './spec';

export const LISTS = {
  institutions: INSTITUTIONS,
  notices: NOTICES,
  decisions: DECISION_NOTICES,
  plans: PLANS,
  results: RESULTS,
  certificates: CERTIFICATES,
  payments: PAYMENTS,
  recoveries: RECOVERIES,
  messages: MESSAGES,
  orders: ORDERS,
  cases: CASES,
  acts: ACTS,
  deadlines: DEADLINES,
  remedies: REMEDIES,
} as const satisfies Readonly<Record<string, ListSpec>>;

export type ListName = keyof typeof LISTS;
