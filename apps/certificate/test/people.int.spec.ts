// Certificates of one person by name and ID number: in the territory only, masked, and the search is an act. The spec of exam covers
// refusals by purpose and rate: all services use libs/procedure for them.
import { randomUUID } from 'node:crypto';
import { PersonServiceDefinition } from '@hengji/contracts/procedure/v1/person_service';
import { grpcClient } from '@hengji/host';
import { actsOfWork, closeAfterSuite, query, TEST_CALLER_SECRET, testPerson } from '@hengji/testing';
import { newInstitution, OFFICER, passedResults, pseudonymOf, startCertificate } from './certificate-under-test';

it('finds them under the right name in the right territory, and records who searched and for what purpose', async () => {
  const certificate = await startCertificate();
  const institution = newInstitution();
  await query(certificate.database, `INSERT INTO institution_place VALUES ($1, '某评价机构', '2101', '210102', '')`, [institution]);
  const resultIds = passedResults(certificate, institution, 2);
  const { certificates } = await certificate.gateway.issueCertificates({ requestId: 'i1', actor: OFFICER, resultIds });
  const number = certificates.find(({ person }) => person === pseudonymOf(1))?.number;
  const people = grpcClient(PersonServiceDefinition, certificate.address, {
    ...{ caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 20_000 },
  });
  closeAfterSuite(async () => people.close());
  const asked = { requestId: randomUUID(), actor: OFFICER, ...testPerson(1), purpose: 'CERTIFICATE', note: '用人单位核实' } as const;
  const acts = await actsOfWork(certificate.database, async () => {
    const { records, person } = await people.lookUpPerson(asked);
    expect(records).toMatchObject([{ kind: 'CERTIFICATE', recordId: number, institution, state: 'ISSUED', maskedName: '钱*' }]);
    expect(person).toBe(pseudonymOf(1));
  });
  expect(acts).toMatchObject([
    { what: 'LookUpPerson', by: 'PERSON u1', on: `person ${pseudonymOf(1)}`, evidence: [number], purpose: '核实证书：用人单位核实' },
  ]);
  expect((await people.lookUpPerson({ ...asked, name: testPerson(0).name })).records).toEqual([]);
  const elsewhere = { ...OFFICER, role: 'CITY_OFFICER' as const, authority: '2102' };
  expect((await people.lookUpPerson({ ...asked, actor: elsewhere })).records).toEqual([]);
});
