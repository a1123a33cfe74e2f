// Certificates that the certificate service did not publish are not uploaded, and a forged voiding withdraws no published certificate.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { until } from '@hengji/testing';
import { codeOf, issued, numberOf, startService, uploads, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const forge = async (n: number, body: Body<CertificateEvent>): Promise<void> => {
  const meta = { eventId: randomUUID(), occurredAt: new Date(), institution: codeOf(n), sequence: 1n, orderId: '' };
  const headers = { ce_id: meta.eventId, ce_source: 'hengji/certificate', ce_sequence: '1', ce_time: meta.occurredAt.toISOString() };
  await service.probe.produce(TOPICS.certificate.name, {
    key: codeOf(n),
    value: TOPICS.certificate.codec.encode({ meta, body }).finish(),
    headers: { ...headers, ce_type: `hengji.certificate.v1.${body.$case}` },
  });
};

it('uploads what certificate has sealed, also after forged events of the same institution, and nothing forged', async () => {
  const [first, second, third] = uploads(1, 3);
  if (!first || !second || !third) throw new Error('no uploads');
  await forge(1, issued([third]));
  await service.certificates(codeOf(1), issued([first]));
  await forge(1, { $case: 'certificatesReinstated', value: { orderId: 'x', numbers: [numberOf(1, 3)] } });
  await forge(1, {
    $case: 'certificatesVoided',
    value: { orderId: 'x', documentNo: 'x', voidedAt: new Date(), numbers: [numberOf(1, 1)] },
  });
  await service.certificates(codeOf(1), issued([second]));
  await until(
    () => service.agencies.count(codeOf(1)),
    ({ standing }) => standing >= 2,
  );
  expect(await service.agencies.count(codeOf(1))).toEqual({ standing: 2, withdrawn: 0 });
  expect(await Promise.all([1, 2].map((i) => service.agencies.stateOf(numberOf(1, i))))).toEqual(['standing', 'standing']);
});
