import { randomUUID } from 'node:crypto';
import { survivesTrouble } from '@hengji/testing';
import { startWorld } from './enforcement';

const institution = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;

describe('enforcement, when its database is in trouble', () =>
  survivesTrouble(async () => {
    const { url, healthPort, cases, report } = await startWorld();
    return {
      url,
      healthPort,
      write: (n) => cases.open(institution(n)),
      hear: (n) =>
        report(institution(n), {
          $case: 'rowRefused',
          value: { orderId: randomUUID(), row: 1, service: 'exam', reason: 'order.unknown', detail: '' },
        }),
    };
  }));
