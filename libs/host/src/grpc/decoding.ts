// A request that cannot be read is an answer to its sender, not our defect: decoding errors are carried into the
// middleware as a value and refused there. grpc-js by itself would answer INTERNAL.
import { configureTextEncoding, getTextEncoding } from '@bufbuild/protobuf/wire';
import { Refusal } from '@hengji/domain-kit';
import type { TsProtoServiceDefinition } from 'nice-grpc';

// Protobuf strings must be UTF-8; the default decoder would replace bad bytes and let a mangled name into the records.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
configureTextEncoding({ ...getTextEncoding(), decodeUtf8: (bytes) => strictUtf8.decode(bytes) });

class Undecodable {
  constructor(
    readonly why: string,
    readonly field?: string,
  ) {}
}

const snake = (camel: string): string => camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Path of the first text with U+0000 in it, e.g. `results[17].candidate.name`; PostgreSQL can store no such text. */
const nulIn = (value: unknown, path: string): string | undefined => {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : `${path === '' ? '' : '.'}${snake(key)}`;
    const found = nulIn(item, path + step);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The same service, whose requests never fail to decode; see `checkDecoded`. */
export const tolerant = <D extends TsProtoServiceDefinition>(definition: D): D => ({
  ...definition,
  methods: Object.fromEntries(
    Object.entries(definition.methods).map(([key, method]) => {
      const decode = (bytes: Uint8Array): unknown => {
        try {
          const request: unknown = method.requestType.decode(bytes);
          // Without a zero byte there is no U+0000; most messages are not looked through at all.
          const field = bytes.includes(0) ? nulIn(request, '') : undefined;
          return field === undefined ? request : new Undecodable(`${field} 含有U+0000`, field);
        } catch (failure) {
          return new Undecodable(failure instanceof Error ? failure.message : String(failure));
        }
      };
      return [key, { ...method, requestType: { ...method.requestType, decode } }];
    }),
  ),
});

/** Refuses `request.malformed` for a message that could not be decoded. */
export const checkDecoded = <T>(request: T): T => {
  if (request instanceof Undecodable) {
    const { why, field } = request;
    throw new Refusal('invalid', 'request.malformed', `请求报文无法解析:${why}`, { ...(field ? { field } : {}), rule: 'protobuf, UTF-8' });
  }
  return request;
};

/** The same check for each message of a stream. */
export async function* checkEachDecoded<T>(requests: AsyncIterable<T>): AsyncIterable<T> {
  for await (const request of requests) yield checkDecoded(request);
}
