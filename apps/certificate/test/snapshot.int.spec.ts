// The present certificates of an institution as events: a consumer of the snapshot has the same state as a consumer of every event.
import { CANARY_INSTITUTIONS, CANARY_TOPIC, TOPICS } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { type TestRow, unique, until } from '@hengji/testing';
import { type CertificateUnderTest, loaded, newInstitution, startCertificate } from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

const VOID: TestRow = { $case: 'certificate', value: 'VOID_CERTIFICATES' };
type Model = Map<string, { facts: object; void: string }>;

const apply = (model: Model, { body }: CertificateEvent): void => {
  switch (body?.$case) {
    case 'certificatesIssued':
    case 'certificatesImported':
      for (const one of body.value.certificates) model.set(one.number, { facts: one, void: '' });
      return;
    case 'certificatesVoided': {
      const { orderId, documentNo, voidedAt, numbers } = body.value;
      for (const number of numbers)
        model.set(number, { facts: model.get(number)?.facts ?? {}, void: `${orderId} ${documentNo} ${voidedAt?.toISOString()}` });
      return;
    }
    case 'certificatesReinstated':
      for (const number of body.value.numbers) model.set(number, { facts: model.get(number)?.facts ?? {}, void: '' });
      return;
    default:
    // A hold on issuing changes no certificate.
  }
};

const snapshotOf = async (institution: string): Promise<{ model: Model; position: bigint; events: CertificateEvent[] }> => {
  const events: CertificateEvent[] = [];
  let position = 0n;
  for await (const part of certificate.verify.snapshot({ topic: TOPICS.certificate.name, key: institution })) {
    position = part.position;
    events.push(...part.events.map((bytes) => TOPICS.certificate.codec.decode(bytes)));
  }
  const model: Model = new Map();
  for (const event of events) apply(model, event);
  return { model, position, events };
};

const historyOf = async (institution: string): Promise<{ model: Model; last: bigint }> => {
  const events = (await certificate.probe.events(TOPICS.certificate)).filter(({ meta }) => meta?.institution === institution);
  const model: Model = new Map();
  for (const event of events) apply(model, event);
  return { model, last: events.at(-1)?.meta?.sequence ?? 0n };
};

it('has for every certificate the state of the history, at the position where the history ends', async () => {
  const institution = newInstitution();
  // More than one page of the snapshot.
  const numbers = await loaded(certificate, institution, 720);
  const orders = [numbers.slice(0, 650), numbers.slice(640, 700)].map((certificates, i) => ({
    orderId: `o-${unique()}`,
    epoch: BigInt(i + 1),
    scope: { institution, certificates },
    rows: [VOID],
  }));
  for (const order of orders) {
    await certificate.enforcement.issue(order);
    await certificate.enforcement.receipt(order.orderId, 1);
  }
  const [first] = orders;
  if (!first) throw new Error('no order');
  const part = { ...first, scope: { institution, certificates: numbers.slice(0, 5) } };
  await certificate.enforcement.lift({ ...part, partial: true, rows: [{ ...VOID, row: 11, undoesRow: 1 }] });
  await certificate.enforcement.receipt(first.orderId, 11);

  const { model, position, events } = await until(
    () => snapshotOf(institution),
    (seen) => seen.model.get(numbers[0] ?? '')?.void === '',
  );
  const history = await historyOf(institution);
  expect(position).toBe(history.last);
  expect([...model].sort()).toEqual([...history.model].sort());
  expect([...model.values()].filter((one) => one.void !== '')).toHaveLength(695);
  expect(events.every(({ meta }) => meta?.institution === institution && meta.sequence === 0n && meta.occurredAt !== undefined)).toBe(true);
});

it('is empty for an institution without certificates', async () => {
  expect(await snapshotOf('S000021990009')).toMatchObject({ position: 0n, events: [] });
  const { heads } = await certificate.verify.listHeads({ topic: TOPICS.certificate.name, key: 'S000021990009' });
  expect(heads ?? []).toEqual([]);
});

it('voids the canary in each partition, and keeps nothing of it in the outbox for long', async () => {
  const songs = await until(
    () => certificate.probe.events(CANARY_TOPIC),
    (events) => events.length >= CANARY_INSTITUTIONS.length,
  );
  expect(new Set(songs.map(({ meta }) => meta?.institution))).toEqual(new Set(CANARY_INSTITUTIONS));
});
