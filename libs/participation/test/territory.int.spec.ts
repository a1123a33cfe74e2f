// The condition on a list's rows selects for every person the same rows as the rule of libs/province.
import { closeAfterSuite, EVERY_PLACE, EVERYBODY, openDb, placesOf, scratchDatabase } from '@hengji/testing';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { rowsOf } from '@hengji/messaging';
import type { Place } from '@hengji/province';
import sql from 'sql-template-tag';
import { territoryOf } from '../src';

it('narrows rows to the person’s jurisdiction', async () => {
  const { url } = await scratchDatabase();
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  const columns = { authority: sql`authority`, institution: sql`institution` };
  const authorities = EVERY_PLACE.map(({ authority }) => authority);
  const institutions = EVERY_PLACE.map(({ institution }) => institution);
  const found = (who: Actor): Promise<Place[]> =>
    rowsOf(
      db,
      sql`
      SELECT authority, institution FROM unnest(${authorities}::text[], ${institutions}::text[]) WITH ORDINALITY AS p (authority, institution, n)
      WHERE ${territoryOf(who, columns)} ORDER BY n`,
    );
  for (const who of EVERYBODY) expect(await found(Actor.fromPartial(who))).toEqual(placesOf(who));
  expect(await found(Actor.fromPartial({ officerId: 'u1' }))).toEqual([]);
});

it('refuses a list without an actor', () => {
  const columns = { authority: sql`authority`, institution: sql`institution` };
  expect(() => territoryOf(undefined, columns)).toThrow(expect.objectContaining({ reason: 'actor.missing' }) as Error);
});
