// One page of each list, by the parameters of its address.
import { answerOf, client } from '../http';

type Params = Record<string, string>;

export const loadList = {
  institutions: (query: Params) => answerOf(client.GET('/api/institutions', { params: { query } })),
  plans: (query: Params) => answerOf(client.GET('/api/plans', { params: { query } })),
  results: (query: Params) => answerOf(client.GET('/api/results', { params: { query } })),
  certificates: (query: Params) => answerOf(client.GET('/api/certificates', { params: { query } })),
  payments: (query: Params) => answerOf(client.GET('/api/payments', { params: { query } })),
  recoveries: (query: Params) => answerOf(client.GET('/api/recoveries', { params: { query } })),
  messages: (query: Params) => answerOf(client.GET('/api/messages', { params: { query } })),
  orders: (query: Params) => answerOf(client.GET('/api/orders', { params: { query } })),
  cases: (query: Params) => answerOf(client.GET('/api/cases', { params: { query } })),
  acts: (query: Params) => answerOf(client.GET('/api/acts', { params: { query } })),
  deadlines: (query: Params) => answerOf(client.GET('/api/deadlines', { params: { query } })),
  remedies: (query: Params) => answerOf(client.GET('/api/remedies', { params: { query } })),
} as const;
