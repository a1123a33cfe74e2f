// The gRPC server and client over a real socket: refusals arrive complete, callers without rights are refused, limits hold.
import { Refusal, REFUSAL_STATUS } from '@hengji/domain-kit';
import { ApprovalServiceDefinition, GetInstitutionRequest, GetInstitutionResponse } from '@hengji/contracts/approval/v1/approval_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Metadata, createChannel, createClient } from 'nice-grpc';
import { CALLER_METADATA, grpcClient, signCaller, tracing } from '../index';
import { SECRET, edges, refusalOf } from './fixtures/edge';
import { refusalOf as refusalIn } from './refusal-trailers';

describe('gRPC server and client', () => {
  const { cleanUp, given } = edges();

  it("answers, passes the caller's name to the handler, and transmits Chinese", async () => {
    const { client } = await given({ getInstitution: async ({ code }) => ({ institution: { code, name: '沈阳市某职业培训学校' } }) });
    const answer = await client('gateway').getInstitution({ code: 'S000021010003' });
    expect(answer.institution).toMatchObject({ code: 'S000021010003', name: '沈阳市某职业培训学校' });
  });

  it('rebuilds a Refusal with kind, reason, message, field and a rule in Chinese', async () => {
    const { client } = await given({
      getInstitution: () =>
        Promise.reject(new Refusal('notFound', 'institution.unknown', '没有这个机构', { field: 'code', rule: '人社鉴发〔2019〕2号' })),
    });
    const refusal = await refusalOf(client('gateway').getInstitution({ code: 'x' }));
    expect(refusal).toMatchObject({
      kind: 'notFound',
      reason: 'institution.unknown',
      message: '没有这个机构',
      detail: { field: 'code', rule: '人社鉴发〔2019〕2号' },
    });
  });

  it('refuses a caller that the method does not list, and names caller and method', async () => {
    const { client } = await given({ checkPermission: async () => ({ permitted: true }) });
    await expect(client('exam').checkPermission({})).resolves.toMatchObject({ permitted: true });
    const refusal = await refusalOf(client('subsidy').checkPermission({}));
    expect(refusal).toMatchObject({ kind: 'forbidden', reason: 'caller.not_allowed' });
    expect(refusal.message).toContain('subsidy');
    expect(refusal.message).toContain('/hengji.approval.v1.ApprovalService/CheckPermission');
  });

  it('refuses a forged identity', async () => {
    const { client } = await given({});
    expect(await refusalOf(client('exam', 2_000, 'another secret').checkPermission({}))).toMatchObject({
      kind: 'unauthenticated',
      reason: 'caller.unauthenticated',
    });
  });

  it.each([-600, 600])('reports a wrong clock for a caller whose clock is %s seconds off: unavailable, 503 over HTTP', async (seconds) => {
    const { address } = await given({ checkPermission: async () => ({ permitted: true }) });
    const channel = createChannel(address);
    cleanUp.push(() => channel.close());
    const signed = signCaller('exam', SECRET, new Date(Date.now() + seconds * 1_000));
    let trailer: Metadata | undefined;
    const call = createClient(ApprovalServiceDefinition, channel).checkPermission(
      {},
      { metadata: Metadata({ [CALLER_METADATA]: signed }), onTrailer: (received) => (trailer = received) },
    );
    const refusal = await refusalOf(call.catch((failure: unknown) => Promise.reject(refusalIn(failure, trailer))));
    expect(refusal).toMatchObject({ kind: 'unavailable', reason: 'clock.skewed' });
    expect(REFUSAL_STATUS[refusal.kind].http).toBe(503);
    expect(refusal.message).toContain('exam');
  });

  it('ends a call at its limit and notifies the handler', async () => {
    let told: Promise<void> | undefined;
    const { client } = await given({
      getInstitution: (_, { signal }) => {
        told = new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
        return new Promise(() => undefined);
      },
    });
    expect(await refusalOf(client('gateway', 100).getInstitution({}))).toMatchObject({ kind: 'unavailable', reason: 'service.timeout' });
    await told;
  });

  it('reports that a service is unavailable', async () => {
    const { client, stop } = await given({});
    const gateway = client('gateway');
    await stop();
    expect(await refusalOf(gateway.getInstitution({}))).toMatchObject({ kind: 'unavailable', reason: 'service.unavailable' });
  });

  it('shows no detail of a defect to the caller, and logs it with its stack', async () => {
    const { client, logged } = await given({ getInstitution: () => Promise.reject(new Error('column 210102199003070018 broke')) });
    await expect(client('gateway').getInstitution({})).rejects.toThrow('内部错误');
    expect(logged.join('')).toContain('grpc.spec.ts');
    expect(logged.join('')).not.toContain('210102199003070018');
  });

  it('treats an unavailable database as an outage', async () => {
    const { client } = await given({ getInstitution: () => Promise.reject(Object.assign(new Error('gone'), { code: 'P1001' })) });
    expect(await refusalOf(client('gateway').getInstitution({}))).toMatchObject({ kind: 'unavailable', reason: 'database.unavailable' });
  });

  it('refuses bytes that are not a message, and strings that are not UTF-8', async () => {
    const { address } = await given({ getInstitution: async () => ({}) });
    const raw = {
      name: 'ApprovalService',
      fullName: 'hengji.approval.v1.ApprovalService',
      methods: {
        getInstitution: {
          name: 'GetInstitution',
          requestType: { encode: (bytes: Uint8Array) => ({ finish: () => bytes }), decode: (bytes: Uint8Array) => bytes },
          requestStream: false as const,
          responseType: GetInstitutionResponse,
          responseStream: false as const,
          options: {},
        },
      },
    };
    const client = grpcClient(raw, address, { caller: 'gateway', secret: SECRET, deadlineMs: 2_000 });
    cleanUp.push(client.close);
    for (const bytes of [
      [0xff, 0xff, 0xff],
      [0x0a, 0x02, 0xc3, 0x28],
    ]) {
      expect(await refusalOf(client.getInstitution(Uint8Array.from(bytes)))).toMatchObject({
        kind: 'invalid',
        reason: 'request.malformed',
      });
    }
    expect(await client.getInstitution(GetInstitutionRequest.encode({ code: 'ok' }).finish())).toEqual(
      GetInstitutionResponse.fromPartial({}),
    );
  });

  it('refuses text with U+0000, which PostgreSQL cannot store, and names the field', async () => {
    const { client } = await given({
      importInstitutions: async function* (messages) {
        for await (const { institutions } of messages) yield { imported: institutions.length, already: 0 };
      },
    });
    const send = async (...names: string[]): Promise<void> => {
      const requests = async function* () {
        yield { institutions: names.map((name) => ({ name })) };
      };
      for await (const _ of client('import').importInstitutions(requests())) continue;
    };
    await send('沈阳', 'a');
    expect(await refusalOf(send('沈阳', 'a\0b'))).toMatchObject({
      kind: 'invalid',
      reason: 'request.malformed',
      detail: { field: 'institutions[1].name' },
    });
  });

  it('refuses a request of a million rows by its size, before it is read', async () => {
    let asked = 0;
    const { client } = await given({
      importInstitutions: async function* (messages) {
        for await (const { institutions } of messages) {
          asked += institutions.length;
          yield { imported: 0, already: 0 };
        }
      },
    });
    const institutions = Array.from({ length: 1_000_000 }, () => ({ code: 'S000021010003', area: '210102' }));
    const sending = async (): Promise<void> => {
      const requests = async function* () {
        yield { institutions };
      };
      for await (const _ of client('import').importInstitutions(requests())) continue;
    };
    expect(await refusalOf(sending())).toMatchObject({ kind: 'tooMuch', reason: 'request.too_large' });
    expect(asked).toBe(0);
  }, 60_000);

  it('streams in both directions and refuses in the middle of a stream', async () => {
    const { client } = await given({
      importInstitutions: async function* (messages) {
        for await (const { institutions } of messages) {
          if (institutions.length > 2) throw new Refusal('tooMuch', 'import.too_many', '一次最多2条', { field: 'institutions' });
          yield { imported: institutions.length };
        }
      },
    });
    const messages = (async function* () {
      yield { institutions: [{}, {}] };
      yield { institutions: [{}, {}, {}] };
    })();
    const acks: number[] = [];
    const reading = (async () => {
      for await (const { imported } of client('import').importInstitutions(messages)) acks.push(imported);
    })();
    expect(await refusalOf(reading)).toMatchObject({ kind: 'tooMuch', reason: 'import.too_many' });
    expect(acks).toEqual([2]);
  });

  it('passes the trace to the handler', async () => {
    tracing.start('test');
    let inside: string | undefined;
    const { client } = await given({
      getInstitution: async () => {
        inside = tracing.currentTraceparent();
        return {};
      },
    });
    const outside = await tracing.withSpan('request', undefined, async () => {
      await client('gateway').getInstitution({});
      return tracing.currentTraceparent();
    });
    expect(inside).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(inside?.slice(0, 35)).toBe(outside?.slice(0, 35));
    expect(inside).not.toBe(outside);
  });

  it('has no method for callers without rights, and answers unknown methods with UNIMPLEMENTED', async () => {
    const { address, client } = await given({});
    expect(await refusalOf(client('', 2_000).getInstitution({}))).toMatchObject({ reason: 'caller.unauthenticated' });
    const channel = createChannel(address);
    cleanUp.push(() => channel.close());
    await expect(createClient(EnforcementServiceDefinition, channel).getOrder({})).rejects.toThrow('UNIMPLEMENTED');
  });

  it("ignores a name that a caller sends under the interceptor's metadata key", async () => {
    let heard: string | undefined;
    const { client } = await given({
      getInstitution: async (_, { caller }) => {
        heard = caller;
        return {};
      },
    });
    const metadata = Metadata({ 'x-hengji-checked-caller': 'enforcement' });
    await client('exam').getInstitution({}, { metadata });
    expect(heard).toBe('exam');
  });
});
