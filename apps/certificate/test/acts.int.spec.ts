// Every RPC of certificate that writes also writes its act: who, on which record, on what evidence.
import { type ActSeen, actsOfWork } from '@hengji/testing';
import type { RecordedMethod } from '@hengji/procedure';
import type { ACTS } from '../src/adapters/grpc/acts';
import {
  type CertificateUnderTest,
  existing,
  imported,
  messages,
  newInstitution,
  OFFICER,
  passedResults,
  startCertificate,
} from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

const institution = newInstitution();

const WALK = {
  issueCertificates: async () => {
    const resultIds = passedResults(certificate, institution, 2);
    const { certificates } = await certificate.gateway.issueCertificates({ requestId: 'a1', actor: OFFICER, resultIds });
    return {
      by: `PERSON ${OFFICER.officerId}`,
      on: `certificate ${certificates[0]?.number}`,
      evidence: ['count:2', expect.stringMatching(/^sha256:/)],
      requestId: 'a1',
    };
  },
  importCertificates: async () => {
    const rows = existing(institution, 3);
    await imported(certificate.loader.importCertificates(messages({ certificates: rows })));
    return {
      by: 'SERVICE import',
      on: `certificate ${rows[0]?.certificate.number}`,
      evidence: ['count:3', expect.stringMatching(/^sha256:/)],
    };
  },
} as const satisfies Record<RecordedMethod<typeof ACTS>, () => Promise<Partial<Record<keyof ActSeen, unknown>>>>;

it.each(Object.keys(WALK) as (keyof typeof WALK)[])('%s writes one act', async (method) => {
  let expected = {};
  const acts = await actsOfWork(certificate.database, async () => (expected = await WALK[method]()));
  expect(acts).toEqual([
    expect.objectContaining({ what: `${method.charAt(0).toUpperCase()}${method.slice(1)}`, institution, ...expected }),
  ]);
});
