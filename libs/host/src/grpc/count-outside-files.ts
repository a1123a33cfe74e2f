// Counts the elements of a request without looking into the files in it: whatever bytes a file has, no decoder looks for fields there,
// and a table of digits and commas would be taken for a hundred thousand of them.
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { countElements } from '@hengji/contracts';
import type { TsProtoServiceDefinition } from 'nice-grpc';

export type Codec = TsProtoServiceDefinition['methods'][string]['requestType'];

/** The tags of a message's own fields of bytes, read off its codec. */
export const bytesTags = (codec: Codec): readonly number[] => {
  const filled = (partial: object): object => codec.fromPartial?.(partial) as object;
  if (!codec.fromPartial) return [];
  return Object.entries(filled({}))
    .filter(([, value]) => value instanceof Uint8Array)
    .map(([name]) => new BinaryReader(codec.encode(filled({ [name]: Uint8Array.of(1) })).finish()).uint32());
};

/** As `countElements`, leaving out the content of the message's own fields with these tags. */
export const countOutsideFiles = (bytes: Uint8Array, fileTags: readonly number[], limit: number): number => {
  let from = 0;
  let elements = 0;
  const reader = new BinaryReader(bytes);
  try {
    while (fileTags.length > 0 && reader.pos < reader.len && elements <= limit) {
      const tag = reader.uint32();
      if (!fileTags.includes(tag)) {
        reader.skip(tag & 7, tag >>> 3);
        continue;
      }
      const length = reader.uint32();
      elements += countElements(bytes.subarray(from, reader.pos), limit);
      reader.pos += length;
      from = reader.pos;
    }
  } catch {
    // Not a message from here on; what a decoder may still make of it is counted below.
  }
  return elements + countElements(bytes.subarray(from), limit);
};
