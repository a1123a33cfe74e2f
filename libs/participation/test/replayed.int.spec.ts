// The seals of a row, altered by a writer without a key of the service. The cases are an earlier seal in the place of a later one, a seal
// removed, and a seal by an invented key. Each is found. Seals from before seals had a version are still accepted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical, keyring, signer, type Signer, type Statement } from '@hengji/host';
import { alter, closeAfterSuite, query, testKeys, testSigner } from '@hengji/testing';
import { carriedOut, counted, workAgain } from './altered-order';
import type { World } from './fixture';

const NOTHING_FOUND = { count: 0n, words: '\n' };

const expectFound = async (own: World): Promise<void> => {
  const found = await counted(own);
  expect(found.count).toBe(1n);
  expect(found.words).toContain('row_evidence：第1行的签封不成立，或不是最后一次所签，须从备份恢复');
};

/** Signs the row's last seal anew, with `change`. */
const signAgain = async ({ url }: World, by: Signer, change: (said: Statement) => Statement): Promise<void> => {
  const [last] = await query<{ version: number; statement: string }>(
    url,
    `SELECT version, statement FROM messaging.row_evidence WHERE "row" = 1 ORDER BY version DESC LIMIT 1`,
  );
  const statement = change(JSON.parse(last?.statement ?? '') as Statement);
  const { keyId, algorithm, value } = by.sign(statement);
  await alter(
    url,
    `UPDATE messaging.row_evidence SET statement = $1, key_id = $2, algorithm = $3, signature = $4 WHERE "row" = 1 AND version = $5`,
    [canonical(statement), keyId, algorithm, value, last?.version],
  );
};

const inventedSigner = (): Signer => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-invented-'));
  closeAfterSuite(async () => rmSync(folder, { recursive: true }));
  const invented = keyring(folder);
  invented.make('certificate', 'ED25519', new Date(0));
  return signer({ keyFile: invented.keyFile('certificate') });
};

const withoutVersion = ({ version: _, ...said }: Statement): Statement => said;

const REPLAYS: Readonly<Record<string, readonly string[]>> = {
  'the first once more, as the newest': [
    `INSERT INTO messaging.row_evidence SELECT order_id, "row", 3, statement, key_id, algorithm, signature
     FROM messaging.row_evidence WHERE "row" = 1 AND version = 1`,
  ],
  'the first in the place of the second': [
    `UPDATE messaging.row_evidence e SET statement = o.statement, signature = o.signature, key_id = o.key_id
     FROM messaging.row_evidence o WHERE o."row" = 1 AND o.version = 1 AND e."row" = 1 AND e.version = 2`,
  ],
  'one left out': [`DELETE FROM messaging.row_evidence WHERE "row" = 1 AND version = 1`],
  'the second under the number of the first': [
    `DELETE FROM messaging.row_evidence WHERE "row" = 1 AND version = 1`,
    `UPDATE messaging.row_evidence SET version = 1 WHERE "row" = 1`,
  ],
  'both changed about': [
    `UPDATE messaging.row_evidence SET version = version + 10 WHERE "row" = 1`,
    `UPDATE messaging.row_evidence SET version = 13 - version WHERE "row" = 1`,
  ],
  'that of another row of the order': [
    `UPDATE messaging.row_evidence e SET statement = o.statement, signature = o.signature, key_id = o.key_id
     FROM messaging.row_evidence o WHERE o."row" = 2 AND e."row" = 1 AND e.version = 2`,
  ],
  'the first altered, though it is not the last': [
    `UPDATE messaging.row_evidence SET statement = replace(statement, '"25"', '"24"') WHERE "row" = 1 AND version = 1`,
  ],
};

describe('the seals of a row that ran twice', () => {
  let own: World;
  beforeAll(async () => {
    own = await carriedOut();
    await workAgain(own, 3);
    await query(own.url, 'CREATE TABLE backup AS TABLE messaging.row_evidence');
  });
  beforeEach(async () => {
    await alter(own.url, 'DELETE FROM messaging.row_evidence');
    await alter(own.url, 'INSERT INTO messaging.row_evidence TABLE backup');
    expect(await counted(own)).toEqual(NOTHING_FOUND);
  });

  it.each(Object.entries(REPLAYS))('%s', async (_, changes) => {
    for (const change of changes) await alter(own.url, change);
    await expectFound(own);
  });

  it('finds a seal without a version after one with a version', async () => {
    await signAgain(own, testSigner('certificate'), withoutVersion);
    await expectFound(own);
  });

  it.each(['1970-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z', 'no date'])(
    'finds a seal without a valid signature, with the date %s',
    async (sealedAt) => {
      await alter(
        own.url,
        `INSERT INTO messaging.row_evidence SELECT order_id, "row", 3,
         (statement::jsonb || jsonb_build_object('version', '3', 'sealedAt', $1::text))::text, key_id, algorithm, decode(repeat('00', 64), 'hex')
       FROM messaging.row_evidence WHERE "row" = 1 AND version = 2`,
        [sealedAt],
      );
      await expectFound(own);
    },
  );

  it.each(['in no list', 'of another service'])('finds a seal by a key %s', async (whose) => {
    await signAgain(own, whose === 'in no list' ? inventedSigner() : testSigner('exam'), (said) => said);
    await expectFound(own);
  });
});

it('a seal from before the version was signed is accepted, alone and before newer seals, but not in their place', async () => {
  const own = await carriedOut();
  await signAgain(own, testSigner('certificate'), withoutVersion);
  expect(await counted(own)).toEqual(NOTHING_FOUND);
  await workAgain(own, 3);
  expect(await counted(own)).toEqual(NOTHING_FOUND);
  await alter(
    own.url,
    `UPDATE messaging.row_evidence e SET statement = o.statement, signature = o.signature
     FROM messaging.row_evidence o WHERE o."row" = 1 AND o.version = 1 AND e."row" = 1 AND e.version = 2`,
  );
  await expectFound(own);
});

it('a seal by a key that has since been retired is not a finding', async () => {
  const own = await carriedOut();
  const { keyId } = testSigner('certificate');
  testKeys().rotate('certificate', { overlapMs: 60_000 });
  testKeys().retire(keyId, new Date(Date.now() + 1));
  expect(await counted(own)).toEqual(NOTHING_FOUND);
});
