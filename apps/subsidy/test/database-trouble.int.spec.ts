import { survivesTrouble } from '@hengji/testing';
import { codeOf, importAll, payment, startService } from './service';

describe('subsidy, when its database is in trouble', () =>
  survivesTrouble(async () => {
    const { url, healthPort, subsidy, enforcement } = await startService();
    const loader = subsidy('import');
    return {
      url,
      healthPort,
      write: (n) => importAll(loader, [payment(n, 1)]),
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: codeOf(n) }, rows: [] }),
    };
  }));
