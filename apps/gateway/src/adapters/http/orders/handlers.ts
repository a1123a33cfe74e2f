// Orders: each handler makes one call to enforcement with the person as actor; enforcement holds the rules.
import type { Response } from 'express';
import type { Person } from '../../../domain/access';
import { LONG_CALL } from '../../clients/neighbours';
import { pageOf, type PAGE } from '../fields';
import { sendFile } from '../files/file-answer';
import { knownOrder } from '../known';
import type { Act, Out, Reached, RouteDeps } from '../route';
import type { DECIDE_LEFT, DISCARD, DRAFT, EDIT, LIFT, NUMBERS, PROOF, SEEN, SIGN, SUPERSEDING } from './shapes';

type OnOrder = Act & { params: { id: string } };
type OnOrderWhy = OnOrder & { body: { reason: string } };

export const getOrder = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.order;

export const draftOrder = async ({ neighbours }: RouteDeps, { person, requestId, body }: Act & { body: Out<typeof DRAFT> }) =>
  knownOrder(await neighbours.enforcement.draftOrder({ requestId, actor: person, ...body }));

export const editDraft = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrder & { body: Out<typeof EDIT> }) =>
  knownOrder(await neighbours.enforcement.editDraft({ requestId, actor: person, orderId: params.id, ...body }, LONG_CALL));

export const discardDraft = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof DISCARD> },
) => knownOrder(await neighbours.enforcement.discardDraft({ requestId, actor: person, orderId: params.id, ...body }));

/** What becomes of each measure; the list has no second page. */
export const previewSuperseding = async (
  { neighbours }: RouteDeps,
  { person, params, body }: OnOrder & { body: Out<typeof SUPERSEDING> },
) => {
  const { parts } = await neighbours.enforcement.previewSuperseding({ actor: person, orderId: params.id, ...body });
  return { items: parts, next: '' };
};

/** Every version, newest first; the list has no second page. */
export const listVersions = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) => {
  const { versions } = await neighbours.enforcement.listDraftVersions({ actor: person, orderId: params.id });
  return { items: versions, next: '' };
};

/** What each pasted line names; the answer has no second page. */
export const checkNumbers = async ({ neighbours }: RouteDeps, { person, body }: Act & { body: Out<typeof NUMBERS> }) => {
  const { lines } = await neighbours.enforcement.checkNumbers({ actor: person, ...body }, LONG_CALL);
  return { items: lines, next: '' };
};

export const previewOrder = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) =>
  knownOrder(await neighbours.enforcement.previewOrder({ actor: person, orderId: params.id }, LONG_CALL));

export const signOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrder & { body: Out<typeof SIGN> }) =>
  knownOrder(await neighbours.enforcement.signOrder({ requestId, actor: person, orderId: params.id, ...body }, LONG_CALL));

export const liftOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrder & { body: Out<typeof LIFT> }) =>
  knownOrder(await neighbours.enforcement.liftOrder({ requestId, actor: person, orderId: params.id, ...body }, LONG_CALL));

/** Sweeps a closed order again now; the sweep may open the order again. */
export const sweepOrder = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) =>
  knownOrder(await neighbours.enforcement.sweepOrder({ actor: person, orderId: params.id }, LONG_CALL));

/** All rows of this drift; the list has no second page. */
export const previewDrift = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) => {
  const { rows } = await neighbours.enforcement.previewDrift({ actor: person, orderId: params.id }, LONG_CALL);
  return { items: rows, next: '' };
};

export const confirmDrift = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof SEEN> },
) => {
  const seen = body.seen.map(({ row, root }) => ({ row, root: Buffer.from(root, 'hex') }));
  return knownOrder(await neighbours.enforcement.confirmDrift({ requestId, actor: person, orderId: params.id, seen }, LONG_CALL));
};

export const suspendOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrderWhy) =>
  knownOrder(await neighbours.enforcement.suspendOrder({ requestId, actor: person, orderId: params.id, ...body }));

export const resumeOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrderWhy) =>
  knownOrder(await neighbours.enforcement.resumeOrder({ requestId, actor: person, orderId: params.id, ...body }, LONG_CALL));

export const retryRow = async ({ neighbours }: RouteDeps, { person, requestId, params }: Act & { params: { id: string; row: number } }) =>
  knownOrder(await neighbours.enforcement.retryRow({ requestId, actor: person, orderId: params.id, row: params.row }));

export const listLeft = async (
  { neighbours }: RouteDeps,
  { person, params, query }: { person: Person; params: { id: string }; query: Out<typeof PAGE> },
) => neighbours.enforcement.listLeftRecords({ actor: person, orderId: params.id, page: pageOf(query) });

export const decideLeft = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof DECIDE_LEFT> },
) => {
  await neighbours.enforcement.decideLeftRecord({ requestId, actor: person, orderId: params.id, ...body });
  return {};
};

const certificateOf = ({ neighbours }: RouteDeps, person: Person, orderId: string) =>
  neighbours.enforcement.getCompletionCertificate({ actor: person, orderId }, LONG_CALL);

interface Download {
  readonly person: Person;
  readonly params: { id: string };
  readonly reached: Reached;
}

const fileName = ({ reached, params }: Download, what: string): string => `${what} ${reached.order?.documentNo || params.id}`;

/** Adds a header with the state that the order has reached since; the signed file does not contain this change. */
const sayLater = (response: Response, laterState: string): void => {
  if (laterState !== '') response.setHeader('Hengji-Later-State', laterState);
};

/** The exact bytes that were signed: JSON that is encoded again would not verify. */
export const downloadCertificate = async (deps: RouteDeps, asked: Download, response: Response) => {
  const { json, laterState } = await certificateOf(deps, asked.person, asked.params.id);
  sayLater(response, laterState);
  const name = `${fileName(asked, '执行完成证明')}.json`;
  sendFile(response, { name, mediaType: 'application/json; charset=utf-8', bytes: json, inPage: true });
};

export const downloadCertificatePdf = async (deps: RouteDeps, asked: Download, response: Response) => {
  const { pdf, laterState } = await certificateOf(deps, asked.person, asked.params.id);
  sayLater(response, laterState);
  sendFile(response, { name: `${fileName(asked, '执行完成证明')}.pdf`, mediaType: 'application/pdf', bytes: pdf, inPage: true });
};

export const downloadProof = async (deps: RouteDeps, asked: Download & { query: Out<typeof PROOF> }, response: Response) => {
  const { row, record } = asked.query;
  const request = { actor: asked.person, orderId: asked.params.id, row, recordId: record };
  const { json } = await deps.neighbours.enforcement.proveRecord(request, LONG_CALL);
  sendFile(response, { name: `存证 ${record}.json`, mediaType: 'application/json; charset=utf-8', bytes: json, inPage: false });
};
