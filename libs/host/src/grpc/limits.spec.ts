// Limits of one caller: large requests, streams without messages, files beside bombs.
import { AddAttachmentRequest, CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import type { Refusal } from '@hengji/domain-kit';
import { checkDecoded, tolerant } from './decoding';
import { edges, refusalOf } from './fixtures/edge';

describe('limits of the gRPC server', () => {
  const { given } = edges();

  it('accepts at most 32 MiB of large requests at once, small ones always, and releases the budget', async () => {
    let atOnce = 0;
    let most = 0;
    let goOn: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (goOn = resolve));
    const { client } = await given({
      getInstitution: async ({ code }) => {
        if (code.length < 10_000) return {};
        most = Math.max(most, ++atOnce);
        await until;
        atOnce -= 1;
        return {};
      },
    });
    const gateway = client('gateway', 20_000);
    const large = () => gateway.getInstitution({ code: '7'.repeat(5_000_000) });
    const sent = Array.from({ length: 20 }, large);
    // Requests above the budget are answered while the others are still in work.
    let refused = 0;
    for (const one of sent) one.catch(() => (refused += 1) === 14 && goOn());
    await gateway.getInstitution({ code: 'small' });
    const settled = await Promise.allSettled(sent);
    const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Refusal] : []));
    expect(most).toBe(6);
    expect(reasons).toHaveLength(14);
    for (const reason of reasons) expect(reason).toMatchObject({ kind: 'unavailable', reason: 'service.busy' });
    await expect(large()).resolves.toBeDefined();
  });

  it('ends a stream whose caller sends nothing', async () => {
    const { client } = await given({
      importInstitutions: async function* (messages) {
        for await (const { institutions } of messages) yield { imported: institutions.length };
      },
    });
    const sending = async (): Promise<number> => {
      let acknowledged = 0;
      const requests = async function* () {
        yield { institutions: [{}] };
        await new Promise(() => undefined);
      };
      for await (const { imported } of client('import').importInstitutions(requests())) acknowledged += imported;
      return acknowledged;
    };
    expect(await refusalOf(sending())).toMatchObject({ kind: 'unavailable', reason: 'stream.idle' });
  });

  it.each(['\0', '0,', ' ', '1.5;', 'x'])('accepts a file of nothing but %j, which has no elements', (sign) => {
    const content = Buffer.alloc(5_000_000, sign);
    const { decode } = tolerant(CaseServiceDefinition).methods.addAttachment.requestType;
    const request = AddAttachmentRequest.encode(AddAttachmentRequest.fromPartial({ caseId: 'c', content, name: 'n' })).finish();
    expect(checkDecoded(decode(request)).content).toHaveLength(5_000_000);
    // A file does not hide the elements of other fields.
    const bomb = Buffer.alloc(400_000, Buffer.from([0x12, 0]));
    for (const bytes of [Buffer.concat([request, bomb]), Buffer.concat([bomb, request])])
      expect(() => checkDecoded(decode(bytes))).toThrow('元素');
  });
});
