import { TOPICS } from '@hengji/contracts';
import { survivesTrouble } from '@hengji/testing';
import { existing, imported, messages, startCertificate } from './certificate-under-test';

/** Institutions of the consumed events; the institutions of the writes have lower numbers. */
const HEARD = 9_500;
const institution = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;

describe('certificate, when its database fails', () =>
  survivesTrouble(async (wayTo) => {
    const { database, healthPort, loader, enforcement, probe } = await startCertificate(wayTo);
    return {
      url: database,
      healthPort,
      write: (n) => imported(loader.importCertificates(messages({ certificates: existing(institution(n), 1) }))),
      written: 'SELECT institution AS key FROM certificate',
      keyOf: institution,
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: institution(HEARD + (n % 2)) }, rows: [] }),
      sent: () => probe.events(TOPICS.enforcement),
    };
  }));
