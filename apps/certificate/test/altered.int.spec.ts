// Changes that another writer made in certificate's database after certificates were voided: found by number and column.
import { alter, query, unique } from '@hengji/testing';
import { type CertificateUnderTest, loaded, newInstitution, startCertificate } from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

it.each<[string, string, string]>([
  ['the masked name', `UPDATE certificate SET masked_name = '张*' WHERE number = $1`, 'certificate.masked_name'],
  [
    'who holds it',
    `UPDATE certificate SET person = 'ff', sealed_holder = 'x' WHERE number = $1`,
    'certificate.person、certificate.sealed_holder',
  ],
  ['its level', `UPDATE certificate SET level = '1' WHERE number = $1`, 'certificate.level'],
  ['its void number', `UPDATE certificate SET void_document_no = 'x' WHERE number = $1`, 'certificate.void_document_no'],
  ['since when it is void', `UPDATE certificate SET voided_at = voided_at + interval '1 year' WHERE number = $1`, 'certificate.voided_at'],
  ['by which order', `UPDATE certificate SET voided_by = 'x' WHERE number = $1`, 'certificate.voided_by'],
  ['all of it, deleted', `DELETE FROM certificate WHERE number = $1`, 'certificate 的记录已被删除'],
])('%s', async (_, sql, word) => {
  const institution = newInstitution();
  const numbers = await loaded(certificate, institution, 3);
  const orderId = `o-${unique()}`;
  const effect = { $case: 'certificate', value: 'VOID_CERTIFICATES' } as const;
  await certificate.enforcement.issue({ orderId, scope: { institution }, rows: [effect] });
  await certificate.enforcement.receipt(orderId, 1);
  const counted = async () =>
    (await certificate.orders.countResidual({ orderId, scope: { institution }, rows: [{ row: 1, effect }] })).rows[0];
  expect(await counted()).toMatchObject({ count: 0n, sample: [] });
  await alter(certificate.database, sql, [numbers[1]]);
  const found = await counted();
  expect(found?.count).toBeGreaterThan(0n);
  expect(found?.sample.join('\n')).toContain(`${numbers[1]}：${word}`);
});

it.each([`UPDATE certificate SET masked_name = 'x'`, `DELETE FROM certificate`, `TRUNCATE certificate`])(
  '%s is refused by the table',
  async (sql) => {
    await loaded(certificate, newInstitution(), 1);
    await expect(query(certificate.database, sql)).rejects.toThrow(/never (changed|deleted)/);
  },
);
