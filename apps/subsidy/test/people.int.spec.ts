// Payments on the certificates of one person, by the pseudonym: in the territory only, and the search is an act.
import { PersonServiceDefinition } from '@hengji/contracts/procedure/v1/person_service';
import { grpcClient } from '@hengji/host';
import { actsOfWork, closeAfterSuite, query, TEST_CALLER_SECRET } from '@hengji/testing';
import { codeOf, importAll, numberOf, payment, payments, startService } from './service';

it('finds them by person and certificate, and records who searched and for what purpose', async () => {
  const service = await startService();
  await query(service.url, `INSERT INTO institution_place VALUES ($1, '某评价机构', '2101', '210102', '')`, [codeOf(1)]);
  await importAll(service.subsidy('import'), payments(1, 3));
  const people = grpcClient(PersonServiceDefinition, service.address(), {
    ...{ caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 20_000 },
  });
  closeAfterSuite(async () => people.close());
  const actor = { officerId: 'u1', name: '经办', role: 'CITY_OFFICER', authority: '2101', institution: '' } as const;
  const { person } = payment(1, 2);
  const certificateNumbers = [numberOf(1, 1), numberOf(1, 2)];
  const asked = { requestId: 'l1', actor, person, certificateNumbers, purpose: 'SUBSIDY', note: '核对重复领取' } as const;
  const acts = await actsOfWork(service.url, async () => {
    const { records, institutions } = await people.lookUpPerson(asked);
    expect(records).toMatchObject([{ kind: 'PAYMENT', recordId: `B${numberOf(1, 2)}`, institution: codeOf(1), fen: 200_000n }]);
    expect(institutions).toMatchObject([{ code: codeOf(1) }]);
  });
  expect(acts).toMatchObject([{ what: 'LookUpPerson', on: `person ${person}`, purpose: '核查补贴：核对重复领取', requestId: 'l1' }]);
  expect((await people.lookUpPerson({ ...asked, actor: { ...actor, authority: '2102' } })).records).toEqual([]);
  await expect(people.lookUpPerson({ ...asked, person: '', name: '某', idNumber: '1' })).rejects.toMatchObject({
    reason: 'person.unnamed',
  });
});
