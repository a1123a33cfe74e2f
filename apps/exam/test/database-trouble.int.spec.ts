import { TOPICS } from '@hengji/contracts';
import { survivesTrouble } from '@hengji/testing';
import { askedPlan, OFFICER, startExam } from './exam-under-test';

/** Institutions of the consumed events; the institutions of the writes have lower numbers. */
const HEARD = 9_500;
const institution = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;

describe('exam, when its database fails', () =>
  survivesTrouble(async (wayTo) => {
    const { database, healthPort, gateway, enforcement, probe } = await startExam(wayTo);
    return {
      url: database,
      healthPort,
      write: (n) => gateway.createPlan({ requestId: `trouble ${n}`, actor: OFFICER, plan: askedPlan(institution(n)) }),
      written: 'SELECT institution AS key FROM plan',
      keyOf: institution,
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: institution(HEARD + (n % 2)) }, rows: [] }),
      sent: () => probe.events(TOPICS.enforcement),
    };
  }));
