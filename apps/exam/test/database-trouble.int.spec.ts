import { survivesTrouble } from '@hengji/testing';
import { askedPlan, OFFICER, startExam } from './exam-under-test';

const institution = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;

describe('exam, when its database is in trouble', () =>
  survivesTrouble(async () => {
    const { database, healthPort, gateway, enforcement } = await startExam();
    return {
      url: database,
      healthPort,
      write: (n) => gateway.createPlan({ requestId: `trouble ${n}`, actor: OFFICER, plan: askedPlan(institution(n)) }),
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: institution(n) }, rows: [] }),
    };
  }));
