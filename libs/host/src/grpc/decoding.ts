// A request that cannot be decoded is refused to its sender and is not our defect: the decoding error is passed to the middleware as a
// value and refused there. grpc-js alone would answer INTERNAL. Elements are counted before any object is made.
import { configureTextEncoding, getTextEncoding } from '@bufbuild/protobuf/wire';
import { countElements, MAX_ELEMENTS, type NamedCodec } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import type { TsProtoServiceDefinition } from 'nice-grpc';
import { rememberSize, type LargeRequests } from './large-requests';

// Protobuf strings must be UTF-8; the default decoder would replace invalid bytes and put a damaged name into the records.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
configureTextEncoding({ ...getTextEncoding(), decodeUtf8: (bytes) => strictUtf8.decode(bytes) });

/** Replaces a request that was not, or could not be, decoded. */
class Undecoded {
  constructor(readonly refusal: Refusal) {}
}

const malformed = (why: string, field?: string): Undecoded =>
  new Undecoded(
    new Refusal('invalid', 'request.malformed', `请求报文无法解析:${why}`, { ...(field ? { field } : {}), rule: 'protobuf, UTF-8' }),
  );

const tooMany = (): Undecoded =>
  new Undecoded(
    new Refusal('tooMuch', 'request.too_many', `请求报文的元素超过${MAX_ELEMENTS}个,请分批发送`, { rule: `≤ ${MAX_ELEMENTS} elements` }),
  );

const snake = (camel: string): string => camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Path of the first text with U+0000 in it, e.g. `results[17].candidate.name`; PostgreSQL cannot store such a text. */
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

type Codec = TsProtoServiceDefinition['methods'][string]['requestType'];

/** Every generated codec has its message name; nice-grpc's type does not include it. */
const isNamed = (codec: Codec): codec is Codec & NamedCodec => '$type' in codec;

const decodeWith = (codec: Codec): ((bytes: Uint8Array) => unknown) => {
  if (!isNamed(codec)) throw new Error('a message without a name cannot be counted: generate it with outputTypeAnnotations');
  return (bytes) => {
    const elements = countElements(codec, bytes, MAX_ELEMENTS);
    if (elements > MAX_ELEMENTS) return tooMany();
    try {
      const request = codec.decode(bytes);
      rememberSize(request, { bytes: bytes.length, elements });
      // Without a zero byte there is no U+0000; most messages are not searched at all.
      const field = bytes.includes(0) ? nulIn(request, '') : undefined;
      return field === undefined ? request : malformed(`${field} 含有U+0000`, field);
    } catch (failure) {
      return malformed(failure instanceof Error ? failure.message : String(failure));
    }
  };
};

/** The same service with a decoder that never throws; see `checkDecoded`. */
export const tolerant = <D extends TsProtoServiceDefinition>(definition: D): D => ({
  ...definition,
  methods: Object.fromEntries(
    Object.entries(definition.methods).map(([key, method]) => [
      key,
      { ...method, requestType: { ...method.requestType, decode: decodeWith(method.requestType) } },
    ]),
  ),
});

/** Refuses `request.malformed` for a message that could not be decoded, `request.too_many` for one with too many elements. */
export const checkDecoded = <T>(request: T): T => {
  if (request instanceof Undecoded) throw request.refusal;
  return request;
};

const idle = (ms: number): Refusal =>
  new Refusal('unavailable', 'stream.idle', `${ms / 1000}秒内未收到下一条消息,已结束本次传输`, { rule: `${ms} ms` });

const within = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(idle(ms)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * The same check for each message of a stream. A message counts among the large ones until the handler requests the next. Refuses
 * `stream.idle` when the next does not arrive within `idleMs`.
 */
export async function* checkEachDecoded<T>(
  requests: AsyncIterable<T>,
  { idleMs, large }: { idleMs: number; large: LargeRequests },
): AsyncIterable<T> {
  const messages = requests[Symbol.asyncIterator]();
  for (;;) {
    const next = await within(messages.next(), idleMs);
    if (next.done === true) return;
    const request = checkDecoded(next.value);
    const leave = large.enter(request);
    try {
      yield request;
    } finally {
      leave();
    }
  }
}
