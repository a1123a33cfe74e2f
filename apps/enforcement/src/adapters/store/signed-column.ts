// A statement with the signature over it as a JSON column: enforcement's own seals, and what the services signed.
import type { Attestation, Seal } from '../../domain/proof';

type Signed = Seal | Attestation;
type Stored = Omit<Signed, 'value'> & { readonly value: string };

export const signedColumn = ({ statement, keyId, algorithm, value }: Signed): Stored => ({
  ...{ statement, keyId, algorithm },
  value: Buffer.from(value).toString('hex'),
});

/** As `signedColumn` wrote it. */
export const signedOf = (stored: unknown): Signed => {
  const { value, ...rest } = stored as Stored;
  return { ...rest, value: Buffer.from(value, 'hex') };
};
