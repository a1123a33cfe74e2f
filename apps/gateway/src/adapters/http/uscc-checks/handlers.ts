// Checks of codes: each handler makes one call to approval, with the person as actor.
import { Refusal } from '@hengji/domain-kit';
import type { Response } from 'express';
import type { UPLOAD } from '../cases/shapes';
import { sendFile } from '../files/file-answer';
import type { Act, Input, Out, RouteDeps } from '../route';
import type { CONFIRMATION, LICENCE_PARAM, PROPOSAL, REFUSAL } from './shapes';

type Body<B> = Act & Pick<Input<unknown, unknown, B>, 'body'>;

const MOST_BYTES = 5 * 1024 * 1024;

/** The licence as one piece: it is at most 5 MiB. Refuses `attachment.too_large`. */
const wholeOf = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) {
      throw new Refusal('tooMuch', 'attachment.too_large', '执照扫描件不能超过5 MB', { field: 'content', rule: `≤ ${MOST_BYTES} bytes` });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

export const listUsccChecks = async ({ neighbours }: RouteDeps, { person }: Act) => ({
  items: (await neighbours.usccChecks.listUsccChecks({ actor: person })).checks,
  next: '',
});

export const proposeUsccCheck = async (
  { neighbours }: RouteDeps,
  { person, requestId, query, body }: Body<Out<typeof UPLOAD>> & { query: Out<typeof PROPOSAL> },
) => {
  const { name: licenceName, ...said } = query;
  const licence = await wholeOf(body.content);
  return (await neighbours.usccChecks.proposeUsccCheck({ requestId, actor: person, ...said, licenceName, licence })).check;
};

const seen = ({ licenceSha256 }: Out<typeof CONFIRMATION>) => ({ licenceSha256: Buffer.from(licenceSha256, 'hex') });

export const confirmUsccCheck = async ({ neighbours }: RouteDeps, { person, requestId, body }: Body<Out<typeof CONFIRMATION>>) =>
  (await neighbours.usccChecks.confirmUsccCheck({ ...body, ...seen(body), actor: person, requestId })).check;

export const refuseUsccCheck = async ({ neighbours }: RouteDeps, { person, requestId, body }: Body<Out<typeof REFUSAL>>) =>
  (await neighbours.usccChecks.refuseUsccCheck({ ...body, ...seen(body), actor: person, requestId })).check;

/** A file from another person: it is downloaded, never displayed inside our own pages. */
export const downloadLicence = async (
  { neighbours }: RouteDeps,
  { person, params }: Act & { params: Out<typeof LICENCE_PARAM> },
  response: Response,
) => {
  const { check, licence } = await neighbours.usccChecks.getUsccLicence({ actor: person, ...params });
  const mediaType = check?.licenceType ?? 'application/octet-stream';
  sendFile(response, { name: check?.licenceName ?? '执照', mediaType, bytes: licence, inPage: false });
};
