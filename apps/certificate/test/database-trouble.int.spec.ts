import { survivesTrouble } from '@hengji/testing';
import { existing, imported, messages, newInstitution, startCertificate } from './certificate-under-test';

describe('certificate, when its database is in trouble', () =>
  survivesTrouble(async () => {
    const { database, healthPort, loader, enforcement } = await startCertificate();
    return {
      url: database,
      healthPort,
      write: () => imported(loader.importCertificates(messages({ certificates: existing(newInstitution(), 1) }))),
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: newInstitution() }, rows: [] }),
    };
  }));
