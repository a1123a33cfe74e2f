// Strict reading of bodies. JSON: at most 256 kB unless the route names more, valid UTF-8, an object. express.json would replace invalid bytes and accept the damaged
// text. Files: files/file-body.ts.
import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';

/** Carries the HTTP status for the response of problem.ts. */
class Unreadable extends Error {
  constructor(
    readonly status: 400 | 415,
    message: string,
  ) {
    super(message);
  }
}

const parse = (bytes: Buffer): unknown => {
  if (!isUtf8(bytes)) throw new Unreadable(400, 'not UTF-8');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Unreadable(400, 'not JSON');
  }
};

const readBody: RequestHandler = (request, _response, next) => {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) request.body = {};
  else if (!request.is('application/json')) throw new Unreadable(415, 'not application/json');
  else request.body = parse(bytes);
  next();
};

/** `limit`: the largest body, e.g. 256kb. */
export const jsonBody = (limit: string): readonly RequestHandler[] => [express.raw({ type: () => true, limit }), readBody];

/** Percent-encoded bytes in path and query must also be UTF-8; later decoders would replace invalid bytes by U+FFFD. */
export const readableUrl: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.originalUrl.replaceAll('+', ' '));
  } catch {
    throw new Unreadable(400, 'the address is not UTF-8');
  }
  next();
};
