// Event ids are UUIDs of version 7: their first 48 bits are the time, so that inserts go to the end of the inbox index instead of all over
// it.
import { randomBytes } from 'node:crypto';

/** A new UUIDv7 of this moment. */
export const newEventId = (): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a column of type uuid accepts the text. */
export const isEventId = (text: string): boolean => UUID.test(text);
