import { survivesTrouble } from '@hengji/testing';
import { codeOf, importAll, startService, upload } from './service';

describe('exchange, when its database is in trouble', () =>
  survivesTrouble(async () => {
    const { url, healthPort, exchange, enforcement } = await startService();
    const loader = exchange('import');
    return {
      url,
      healthPort,
      write: (n) => importAll(loader, [upload(n, 1)]),
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: codeOf(n) }, rows: [] }),
    };
  }));
