// Every writing RPC of exchange writes its act, and so does every event handler.
import { type ActSeen, actsIn, actsOfWork, until } from '@hengji/testing';
import type { RecordedMethod } from '@hengji/procedure';
import type { ACTS } from '../src/adapters/grpc/acts';
import { codeOf, importAll, issued, numberOf, type ServiceUnderTest, startService, uploads } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const actor = { officerId: 'o1', name: '测试', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '' } as const;

/** A message that the ministry does not accept for now. */
const waiting = async (): Promise<string> => {
  await service.agencies.fault('ministry', { fault: 'down', times: 1_000 });
  await service.certificates(codeOf(1), issued(uploads(1, 2)));
  const [message] = await until(
    async () => (await service.exchange().listMessages({ actor, page: { after: '', limit: 10 } })).messages,
    (all) => all.length > 0,
  );
  return message?.messageId ?? '';
};

const WALK = {
  retryMessage: async () => {
    const messageId = await waiting();
    await service.exchange().retryMessage({ messageId, actor });
    return { by: 'PERSON o1', on: `message ${messageId}`, institution: codeOf(1) };
  },
  importUploads: async () => {
    await importAll(service.exchange('import'), uploads(2, 3));
    return {
      by: 'SERVICE import',
      on: `upload ${numberOf(2, 1)}`,
      institution: codeOf(2),
      evidence: ['count:3', expect.stringMatching(/^sha256:/)],
    };
  },
} as const satisfies Record<RecordedMethod<typeof ACTS>, () => Promise<Partial<Record<keyof ActSeen, unknown>>>>;

it.each(Object.keys(WALK) as (keyof typeof WALK)[])('%s writes one act', async (method) => {
  let expected = {};
  const acts = await actsOfWork(service.url, async () => (expected = await WALK[method]()));
  const what = `${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  expect(acts.filter((act) => act.what === what)).toEqual([expect.objectContaining(expected)]);
});

it('stores new certificates with an act of its own, once although the event arrives twice', async () => {
  expect(await actsIn(service.url, 'AwaitUpload')).toEqual([
    expect.objectContaining({
      by: 'SERVICE exchange',
      on: 'upload ',
      institution: codeOf(1),
      evidence: [expect.stringMatching(/^event:/)],
    }),
  ]);
});

it('sends a message to an agency with an act of its own, after the agency has received it', async () => {
  expect(await actsIn(service.url, 'SendMessage upload')).toEqual([]);
  await service.agencies.mend('ministry');
  const [act] = await until(
    () => actsIn(service.url, 'SendMessage upload'),
    (acts) => acts.length > 0,
  );
  expect(act).toMatchObject({ by: 'SERVICE exchange', on: expect.stringMatching(/^message ./) as string, institution: codeOf(1) });
  expect(act?.evidence).toEqual([expect.stringMatching(/^receipt:./), 'count:2']);
});
