// Every RPC of subsidy that writes also writes its act: who, on which record, on what evidence.
import { type ActSeen, actsOfWork } from '@hengji/testing';
import type { RecordedMethod } from '@hengji/procedure';
import type { ACTS } from '../src/adapters/grpc/acts';
import { certificate, codeOf, importAll, numberOf, payments, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const actor = { officerId: 'u1', name: '经办', role: 'CITY_OFFICER', authority: '2101', institution: '' } as const;

const WALK = {
  paySubsidies: async () => {
    service.certificates.set(numberOf(1, 1), certificate(1, 1));
    const wanted = { certificateNumber: numberOf(1, 1), fen: 200_000n, fundSource: 'UNEMPLOYMENT_INSURANCE' as const };
    const { payments: paid } = await service.subsidy('gateway').paySubsidies({ requestId: 'a1', actor, payments: [wanted] });
    return { by: 'PERSON u1', on: `payment ${paid[0]?.paymentId}`, institution: codeOf(1), requestId: 'a1' };
  },
  importPayments: async () => {
    await importAll(service.subsidy('import'), payments(2, 3));
    return {
      by: 'SERVICE import',
      on: `payment B${numberOf(2, 1)}`,
      institution: codeOf(2),
      evidence: ['count:3', expect.stringMatching(/^sha256:/)],
    };
  },
} as const satisfies Record<RecordedMethod<typeof ACTS>, () => Promise<Partial<Record<keyof ActSeen, unknown>>>>;

it.each(Object.keys(WALK) as (keyof typeof WALK)[])('%s writes one act', async (method) => {
  let expected = {};
  const acts = await actsOfWork(service.url, async () => (expected = await WALK[method]()));
  expect(acts).toEqual([expect.objectContaining({ what: `${method.charAt(0).toUpperCase()}${method.slice(1)}`, ...expected })]);
});
