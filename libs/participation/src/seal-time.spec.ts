// A key is checked at the time of the seal, not at the time of the decision. Officers may confirm an old order after enforcement's key was
// rotated.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical, keyring, signer, verifier, type Statement } from '@hengji/host';
import { checkSealed } from './order-seal';

const folder = mkdtempSync(join(tmpdir(), 'seal-time-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const keys = keyring(folder);
keys.make('enforcement', 'ED25519', new Date(Date.now() - 86_400_000));

const checking = (times: Readonly<Record<string, string>>) => {
  const statement: Statement = { type: 'hengji.order.v1', orderId: 'O1', rows: [], ...times };
  const { value, ...signature } = signer({ keyFile: keys.keyFile('enforcement') }).sign(statement);
  const seal = { statement: canonical(statement), signature: { ...signature, value } };
  const seals = { verifier: verifier({ trustFile: keys.trustFile }), acceptUnsealed: false };
  return () => checkSealed(seals, { type: 'hengji.order.v1', orderId: 'O1', rows: [], members: {}, seal });
};

it('accepts an order that is older than its key if the key sealed it; without a sealing time the decision’s time counts', () => {
  expect(checking({ signedAt: ago(60) })).not.toThrow();
  keys.rotate('enforcement');
  expect(checking({ signedAt: ago(60), sealedAt: ago(0) })).not.toThrow();
  expect(checking({ signedAt: ago(60) })).toThrow(/signature\.key_not_yet_valid/);
  expect(checking({ signedAt: ago(0), sealedAt: ago(60) })).toThrow(/signature\.key_not_yet_valid/);
  expect(checking({})).toThrow('a statement without a time');
});
