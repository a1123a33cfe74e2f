// Where institutions are, in a service whose migration calls messaging.keep_places. Rows get their authority and area when they are
// written, and when their institution arrives or moves.
import { Institution } from '@hengji/contracts/approval/v1/approval';
import type { ListDb } from '@hengji/host';
import { closeAfterSuite, databaseClient, scratchDatabase } from '@hengji/testing';
import type { Client } from 'pg';
import type { Sql } from 'sql-template-tag';
import { rememberPlace } from '../src/places/places';

let client: Client;
let db: ListDb;
beforeAll(async () => {
  client = await databaseClient((await scratchDatabase()).url);
  closeAfterSuite(() => client.end());
  db = { $queryRaw: async <T>(query: Sql) => (await client.query(query.text, query.values)).rows as T };
  for (const table of ['visit', 'order']) {
    await client.query(
      `CREATE TABLE "${table}" (id text PRIMARY KEY, institution text NOT NULL, authority text COLLATE "C", area text COLLATE "C")`,
    );
  }
  await client.query(`SELECT messaging.keep_places('visit', 'order')`);
});

const tell = (code: string, authority: string, area: string) =>
  rememberPlace(db, Institution.fromPartial({ code, name: '沈阳市技师学院', authority, area }));
const add = (table: string, id: string, institution: string) =>
  client.query(`INSERT INTO "${table}" (id, institution) VALUES ($1, $2)`, [id, institution]);
const places = async (): Promise<string[]> => {
  const of = (table: string) => `SELECT concat_ws(' ', id, authority, area) AS place FROM "${table}"`;
  const { rows } = await client.query<{ place: string }>(`${of('visit')} UNION ALL ${of('order')} ORDER BY 1`);
  return rows.map(({ place }) => place);
};

it('rows from before and after the institution have its place, and follow its changes', async () => {
  await add('visit', 'v1', 'A');
  await tell('A', '2101', '210102');
  await add('visit', 'v2', 'A');
  await add('order', 'o1', 'A');
  await add('order', 'o2', 'B');
  expect(await places()).toEqual(['o1 2101 210102', 'o2', 'v1 2101 210102', 'v2 2101 210102']);
  await tell('A', 'LN-SF', '210402');
  expect(await places()).toEqual(['o1 LN-SF 210402', 'o2', 'v1 LN-SF 210402', 'v2 LN-SF 210402']);
});
