// The part of a file that a request asks for (RFC 9110 §14): one range of bytes. A header that cannot be read, or that asks for several
// ranges, is answered with the whole file, as the RFC allows.

/** Counted from 0; `until` is excluded. */
export interface ByteRange {
  readonly from: number;
  readonly until: number;
}

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** The range in a file of `size` bytes. Undefined: the whole file. `unsatisfiable`: 416. */
export const byteRange = (header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined => {
  const [, first = '', last = ''] = ONE_RANGE.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return Number(last) === 0 ? 'unsatisfiable' : { from: Math.max(0, size - Number(last)), until: size };
  const from = Number(first);
  if (last !== '' && Number(last) < from) return undefined;
  if (from >= size) return 'unsatisfiable';
  return { from, until: last === '' ? size : Math.min(size, Number(last) + 1) };
};
