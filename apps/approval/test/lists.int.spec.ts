// The list of institutions passes the checks of every list.
import { LISTS } from '@hengji/contracts/lists';
import { keepsListPromises, LIST_PLACES } from '@hengji/testing';
import { codeOf, importAll, institution, startService } from './service';

keepsListPromises(LISTS.institutions, async () => {
  const service = await startService();
  const gateway = service.approval('gateway');
  const loader = service.approval('import');
  let rows = 0;
  return {
    // The three institutions of Dalian come first.
    party: { institution: codeOf(4), sees: 1 },
    isPublic: true,
    ask: async (actor, query) => {
      const { institutions, ...page } = await gateway.listInstitutions({ actor, query });
      return { rows: institutions, ...page };
    },
    add: async (place, count) => {
      const further = Array.from({ length: count }, () => {
        rows += 1;
        return institution(rows, { ...LIST_PLACES[place], validUntil: `2027-12-0${1 + (rows % 3)}` });
      });
      await importAll(loader, further);
    },
  };
});
