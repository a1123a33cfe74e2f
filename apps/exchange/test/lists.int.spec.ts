// The list of messages to other agencies passes the checks of every list.
import { LISTS } from '@hengji/contracts/lists';
import { keepsListPromises, LIST_PLACES, query, tellInstitution, until, type ListPlace } from '@hengji/testing';
import { codeOf, startService } from './service';

const NUMBERS: Readonly<Record<ListPlace, number>> = { shenyang: 1, dalian: 2 };

keepsListPromises(LISTS.messages, async () => {
  const service = await startService();
  for (const place of ['shenyang', 'dalian'] as const)
    await tellInstitution(service.probe, { code: codeOf(NUMBERS[place]), ...LIST_PLACES[place] });
  // Rows that are inserted past the service do not wait for the publication of their institution's place.
  await until(
    () => query(service.url, 'SELECT code FROM institution_place'),
    (told) => told.length === 2,
  );
  const gateway = service.exchange();
  let rows = 0;
  return {
    ask: async (actor, asked) => {
      const { messages, ...page } = await gateway.listMessages({ actor, query: asked });
      return { rows: messages, ...page };
    },
    // Acknowledged long ago; some of them are not acknowledged.
    add: async (place, count) => {
      rows += count;
      await query(
        service.url,
        `INSERT INTO message (message_id, agency, kind, institution, numbers, codes, items, state, created_at, next_try_at, acknowledged_at)
         SELECT 'm' || n, 'MINISTRY', 'upload', $1, '{}', '{}', 1, CASE WHEN n % 2 = 0 THEN 'ACKNOWLEDGED' ELSE 'PENDING' END,
           now(), now() + interval '1 year', CASE WHEN n % 2 = 0 THEN now() - n * interval '1 hour' END
         FROM generate_series($2::int, $3::int) AS n`,
        [codeOf(NUMBERS[place]), rows - count + 1, rows],
      );
    },
  };
});
