// A statement with its signature as a JSON column: enforcement's own seals, and the services' attestations.
import type { Attestation, Seal } from '../../domain/proof';

type Signed = Seal | Attestation;
type Stored = Omit<Signed, 'value'> & { readonly value: string };

export const signedColumn = ({ statement, keyId, algorithm, value }: Signed): Stored => ({
  ...{ statement, keyId, algorithm },
  value: Buffer.from(value).toString('hex'),
});

/** Reads what `signedColumn` wrote. */
export const signedOf = (stored: unknown): Signed => {
  const { value, ...rest } = stored as Stored;
  return { ...rest, value: Buffer.from(value, 'hex') };
};
