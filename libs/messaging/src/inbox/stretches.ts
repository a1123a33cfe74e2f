// Splits a batch into stretches that fit one transaction: limited by records, and by the size of the decoded records.
import { MAX_ELEMENTS } from '@hengji/contracts';
import type { IncomingRecord } from '../kafka/kafka';

const RECORDS = 100;
const BYTES = 4_194_304;

/**
 * The records in order, in stretches of at least one. Decodes nothing: the size of a stretch is its bytes, and its elements as
 * `elementsOf` counts them.
 */
export function* stretchesOf(
  records: readonly IncomingRecord[],
  elementsOf: (bytes: Uint8Array) => number,
): Generator<readonly IncomingRecord[]> {
  let stretch: IncomingRecord[] = [];
  let bytes = 0;
  let elements = 0;
  for (const record of records) {
    const weight = elementsOf(record.value);
    const isFull = stretch.length === RECORDS || bytes + record.value.length > BYTES || elements + weight > MAX_ELEMENTS;
    if (isFull && stretch.length > 0) {
      yield stretch;
      [stretch, bytes, elements] = [[], 0, 0];
    }
    stretch.push(record);
    bytes += record.value.length;
    elements += weight;
  }
  if (stretch.length > 0) yield stretch;
}
