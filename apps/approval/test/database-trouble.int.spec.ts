import { survivesTrouble } from '@hengji/testing';
import { codeOf, importAll, institution, startService } from './service';

describe('approval, when its database is in trouble', () =>
  survivesTrouble(async () => {
    const { url, healthPort, approval, enforcement } = await startService();
    const loader = approval('import');
    return {
      url,
      healthPort,
      write: (n) => importAll(loader, [institution(n)]),
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: codeOf(n) }, rows: [] }),
    };
  }));
