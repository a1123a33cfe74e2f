// Every RPC of approval that writes also writes its act.
import { type ActSeen, actsOfWork } from '@hengji/testing';
import type { RecordedMethod } from '@hengji/procedure';
import type { ACTS } from '../src/adapters/grpc/acts';
import { codeOf, importAll, institution, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const WALK = {
  importInstitutions: async () => {
    await importAll(service.approval('import'), [institution(1)]);
    return {
      by: 'SERVICE import',
      on: `institution ${codeOf(1)}`,
      institution: codeOf(1),
      evidence: ['count:1', expect.stringMatching(/^sha256:/)],
    };
  },
} as const satisfies Record<RecordedMethod<typeof ACTS>, () => Promise<Partial<Record<keyof ActSeen, unknown>>>>;

it.each(Object.keys(WALK) as (keyof typeof WALK)[])('%s writes one act', async (method) => {
  let expected = {};
  const acts = await actsOfWork(service.url, async () => (expected = await WALK[method]()));
  expect(acts).toEqual([expect.objectContaining({ what: `${method.charAt(0).toUpperCase()}${method.slice(1)}`, ...expected })]);
});
