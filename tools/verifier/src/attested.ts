// What the services signed beside their receipts: that they took the fence, what they counted, what they compared. Each stands in the
// certificate as it was signed, and is held to the key of the service that it names and to the order.
import { canonical, checkSignature, type JsonValue, type Statement, type TrustedKey } from '@hengji/host';
import type { DecisionText } from './decisions';
import type { Findings } from './findings';
import { CLOCKS_DIFFER_MS } from './receipts';
import { members, text, time, type Fields, type SignedText } from './shapes';

/** The certificate that is looked at. */
export interface Inside {
  readonly found: Findings;
  readonly keys: readonly TrustedKey[];
  readonly statement: Fields;
  readonly orderId: string;
  readonly witnessedAt: Date;
}

/** The decisions that the certificate carries; `order` as it was last signed. */
export interface DecidedBy {
  readonly order: DecisionText | undefined;
  readonly liftings: readonly DecisionText[];
}

/** One kind of statement: its type, its members beside `type`, `orderId` and `service`, and which of them says when it was made. */
export interface AttestedKind {
  readonly type: string;
  readonly members: readonly string[];
  readonly at: string;
}

/** A statement that is shaped as it must be; signature and content are still to be checked. */
export interface AttestedText {
  readonly fields: Fields;
  readonly service: string;
  readonly at: Date;
  readonly signed: SignedText;
}

export const readAttested = (signed: SignedText, kind: AttestedKind, path: string): AttestedText => {
  const fields = members(signed.statement, path, ['type', 'orderId', 'service', ...kind.members]);
  return { fields, service: text(fields['service'], `${path}.service`), at: time(fields[kind.at], `${path}.${kind.at}`), signed };
};

/** Throws a Refusal unless the service that it names has signed it. */
export const checkAttested = ({ keys, witnessedAt }: Inside, { service, at, signed }: AttestedText): void =>
  checkSignature(keys, signed.statement as unknown as Statement, signed.signature, { service, signedAt: at, witnessedAt });

export const keyOf = ({ signed }: AttestedText): string => signed.signature?.keyId ?? '无签名';

/** A part of the order's scope that was lifted, as those who count have it. */
const partOf = ({ scope, rows }: DecisionText) => ({ scope, rows: rows.map(({ undoesRow }) => undoesRow) });

/**
 * What may have been lifted of the order at that time: what its liftings say in their order, up to one of them. To have left out of a
 * count what was lifted later would be to count less than the order.
 */
export const liftedBy = (liftings: readonly DecisionText[], at: Date): ReturnType<typeof partOf>[][] => {
  const decided = liftings.filter(({ signedAt }) => signedAt.getTime() <= at.getTime() + CLOCKS_DIFFER_MS);
  return Array.from({ length: decided.length + 1 }, (_, lifted) => decided.slice(0, lifted).map(partOf));
};

export const same = (a: unknown, b: unknown): boolean => canonical(a as JsonValue) === canonical(b as JsonValue);
