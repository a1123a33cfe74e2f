import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import { survivesTrouble } from '@hengji/testing';
import { startWorld } from './enforcement';

/** Institutions of the consumed events; those of the writes are below. */
const HEARD = 9_500;
const institution = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;

describe('enforcement during failures of its database', () =>
  survivesTrouble(async (wayTo) => {
    const { url, healthPort, cases, report, probe } = await startWorld({}, wayTo);
    return {
      url,
      healthPort,
      write: (n) => cases.open(institution(n), { requestId: `trouble ${n}` }),
      written: 'SELECT institution AS key FROM case_file',
      keyOf: institution,
      hear: (n) =>
        report(institution(HEARD + (n % 2)), {
          $case: 'rowRefused',
          value: { orderId: randomUUID(), row: 1, service: 'exam', reason: 'order.unknown', detail: '' },
        }),
      sent: () => probe.events(TOPICS.reports),
    };
  }));
