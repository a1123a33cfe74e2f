// The lists of payments and of recoveries pass the checks of every list.
import { LISTS } from '@hengji/contracts/lists';
import { keepsListPromises, LIST_PLACES, query, tellInstitution, type ListPlace } from '@hengji/testing';
import { codeOf, importAll, payment, startService, type ServiceUnderTest } from './service';

const NUMBERS: Readonly<Record<ListPlace, number>> = { shenyang: 1, dalian: 2 };
const party = { institution: codeOf(NUMBERS.shenyang) };

let service: Promise<ServiceUnderTest> | undefined;
const told = async (): Promise<ServiceUnderTest> => {
  const started = await startService();
  for (const place of ['shenyang', 'dalian'] as const)
    await tellInstitution(started.probe, { code: codeOf(NUMBERS[place]), ...LIST_PLACES[place] });
  return started;
};
const started = (): Promise<ServiceUnderTest> => (service ??= told());

let rows = 0;
const pay = async ({ subsidy }: ServiceUnderTest, place: ListPlace, count: number) => {
  const payments = Array.from({ length: count }, () => {
    rows += 1;
    return payment(NUMBERS[place], rows, { paidOn: `2026-02-1${rows % 3}` });
  });
  await importAll(subsidy('import'), payments);
  return payments.map(({ paymentId }) => paymentId);
};

keepsListPromises(LISTS.payments, async () => {
  const at = await started();
  const gateway = at.subsidy('gateway');
  return {
    party,
    ask: async (actor, asked) => {
      const { payments, ...page } = await gateway.listPayments({ actor, query: asked });
      return { rows: payments, ...page };
    },
    add: async (place, count) => void (await pay(at, place, count)),
  };
});

keepsListPromises(LISTS.recoveries, async () => {
  const at = await started();
  const gateway = at.subsidy('gateway');
  return {
    party,
    ask: async (actor, asked) => {
      const { recoveries, ...page } = await gateway.listRecoveries({ actor, query: asked });
      return { rows: recoveries, ...page };
    },
    // In the way an order opens them, by set.
    add: async (place, count) =>
      void (await query(
        at.url,
        `INSERT INTO recovery (recovery_id, order_id, payment_id, institution, debtor, fen, state, opened_at)
         SELECT 'r-' || payment_id, 'o1', payment_id, institution, institution, fen, 'DRAFT', now() FROM payment WHERE payment_id = ANY($1)`,
        [await pay(at, place, count)],
      )),
  };
});
