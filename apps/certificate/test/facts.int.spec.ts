// certificate.v1 is complete. A consumer that reads it from the beginning, or reads the owner's snapshot, has every certificate as
// certificate has it, with the order that voids it now. The consumer needs no call.
import { TOPICS } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { dumpOf, query, snapshotEvents, type TestRow, unique, until } from '@hengji/testing';
import { type CertificateUnderTest, loaded, newInstitution, OFFICER, passedResults, startCertificate } from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

const VOID: TestRow = { $case: 'certificate', value: 'VOID_CERTIFICATES' };
const VALID = { state: 'ISSUED', voidedBy: null, documentNo: null, voidedAt: null };

const hear = (copy: Map<string, object>, { body }: CertificateEvent): void => {
  switch (body?.$case) {
    case 'certificatesIssued':
    case 'certificatesImported':
      for (const one of body.value.certificates) copy.set(one.number, { ...one, ...VALID });
      return;
    case 'certificatesVoided': {
      const { orderId: voidedBy, documentNo, voidedAt } = body.value;
      const voided = { state: 'VOIDED', voidedBy, documentNo, voidedAt: voidedAt?.toISOString() };
      for (const number of body.value.numbers) copy.set(number, { ...copy.get(number), ...voided });
      return;
    }
    case 'certificatesReinstated':
      for (const number of body.value.numbers) copy.set(number, { ...copy.get(number), ...VALID });
      return;
    default:
    // A hold on issuing changes no certificate.
  }
};

const copyOf = (events: readonly CertificateEvent[]): string => {
  const certificates = new Map<string, object>();
  for (const event of events) hear(certificates, event);
  return dumpOf({ certificates });
};

const CERTIFICATES = `
  SELECT number, occupation, issued_on AS "issuedOn", masked_name AS "maskedName", plan_id AS "planId", session_id AS "sessionId", level, person,
    exam_date AS "examDate", result_id AS "resultId", state, voided_by AS "voidedBy", void_document_no AS "documentNo",
    to_char(voided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "voidedAt"
  FROM certificate WHERE institution = $1 ORDER BY number COLLATE "C"`;

const tablesOf = async (institution: string): Promise<string> =>
  dumpOf({ certificates: await query<object>(certificate.database, CERTIFICATES, [institution]) });

const historyOf = async (institution: string): Promise<string> =>
  copyOf((await certificate.probe.events(TOPICS.certificate)).filter(({ meta }) => meta?.institution === institution));

it('publishes every certificate, through issuing, imports, overlapping orders and their liftings', async () => {
  const institution = newInstitution();
  const numbers = await loaded(certificate, institution, 30);
  const resultIds = passedResults(certificate, institution, 5, { from: 500 });
  await certificate.gateway.issueCertificates({ requestId: unique(), actor: OFFICER, resultIds });
  const orders = [numbers.slice(0, 20), numbers.slice(10)].map((certificates, i) => ({
    ...{ orderId: `o-${unique()}`, epoch: BigInt(i + 1), rows: [VOID] },
    scope: { institution, certificates },
  }));
  for (const order of orders) {
    await certificate.enforcement.issue(order);
    await certificate.enforcement.receipt(order.orderId, 1);
  }
  // Ten become valid; the ten that both orders voided now belong to the second order.
  const [first, second] = orders;
  if (!first || !second) throw new Error('no orders');
  await certificate.enforcement.lift({ ...first, rows: [{ ...VOID, row: 11, undoesRow: 1 }] });
  await certificate.enforcement.receipt(first.orderId, 11);

  const tables = await tablesOf(institution);
  const { certificates } = JSON.parse(tables) as { certificates: { voidedBy: string | null }[] };
  expect(certificates.map(({ voidedBy }) => voidedBy)).toEqual([
    ...Array<null>(10).fill(null),
    ...Array<string>(20).fill(second.orderId),
    ...Array<null>(5).fill(null),
  ]);
  const seen = (): Promise<string> => historyOf(institution);
  expect(await until(seen, (copy) => copy === tables).catch(seen)).toBe(tables);
  expect(copyOf(await snapshotEvents(TOPICS.certificate, { address: certificate.address, caller: 'exam', key: institution }))).toBe(tables);
});
