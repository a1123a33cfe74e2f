// Attachments on gRPC: files as streams of messages, and in one message for older callers without streams.
import { Refusal } from '@hengji/domain-kit';
import type { ByteRange, Content } from './store/object-store';

/** A piece of a file. The first piece contains all fields that name the file; the last has `end` set. */
interface Piece {
  readonly chunk: Uint8Array;
  readonly end: boolean;
}

/** Maximum size in one message to an older caller without streams. */
const MOST_IN_ONE_MESSAGE = 20 * 1024 * 1024;

const cutOff = (): Refusal =>
  new Refusal('invalid', 'attachment.cut_off', '附件没有上传完整，请重新上传', { field: 'end', rule: 'UploadAttachmentRequest' });

/**
 * The first message (`none` if there is none), and the chunks of all messages. A disconnected caller looks like the end of its stream, so
 * only the last message ends the file. Refuses `attachment.cut_off`.
 */
export const openUpload = async <Message extends Piece>(
  requests: AsyncIterable<Message>,
  none: Message,
): Promise<{ readonly head: Message; readonly content: Content }> => {
  const messages = requests[Symbol.asyncIterator]();
  const first = await messages.next();
  const head = first.done === true ? none : first.value;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    let last = head;
    yield head.chunk;
    while (!last.end) {
      const next = await messages.next();
      if (next.done === true) throw cutOff();
      last = next.value;
      yield last.chunk;
    }
  };
  return { head, content: content() };
};

/** Bytes from one message, as a stream. */
export async function* asStream(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** The whole file, for one message. Refuses `attachment.too_large`, and as the reading does. */
export const inOneMessage = async (content: Content, bytes: number): Promise<Buffer> => {
  if (bytes > MOST_IN_ONE_MESSAGE)
    throw new Refusal('tooMuch', 'attachment.too_large', '附件过大，请用新版本的程序下载', {
      field: 'attachment_id',
      rule: `≤ ${MOST_IN_ONE_MESSAGE} bytes`,
    });
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** The requested part of this many bytes; undefined: all. Refuses `attachment.range_invalid`. */
export const partOf = (asked: { readonly from: bigint; readonly until: bigint }, bytes: number): ByteRange | undefined => {
  const [from, until] = [Number(asked.from), Number(asked.until)];
  if (from === 0 && until === 0) return undefined;
  if (from < until && until <= bytes) return { from, until };
  throw new Refusal('invalid', 'attachment.range_invalid', '要读取的范围不在附件之内', {
    field: 'from',
    rule: `0 ≤ from < until ≤ ${bytes}`,
  });
};
