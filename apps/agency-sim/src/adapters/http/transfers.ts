// The endpoints for transferred packages (移送): 公安 and 纪检监察 check each package against its hash list, sign that list, and later return their
// decision on request. Both agencies use one table of paths.
import { createHash, createHmac } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import type { Fault } from '../../domain/faults';
import { rejectionOf } from '../../domain/platform';
import { checkPackage, type TransferDesk } from '../../domain/transfers';
import { BadBody, agencyRequest, type AgencyRequestOptions, type Work } from './agency-request';

const LIST = z.object({ count: z.number().int(), root: z.string() });
const ITEM = z.object({ name: z.string(), mediaType: z.string(), bytes: z.number().int(), sha256: z.string(), content: z.string() });
const ABOUT = { orderId: z.string().min(1), documentNo: z.string().min(1), packageSha256: z.string().length(64) };
const LETTER = z.discriminatedUnion('about', [
  z.object({ about: z.literal('transfer'), ...ABOUT, items: z.array(ITEM), certificates: LIST, persons: LIST }),
  z.object({ about: z.literal('withdrawal'), ...ABOUT }),
]);

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const spoilt = (hash: string, fault: Fault | undefined): string => (fault?.fault === 'wrongHash' ? '0'.repeat(64) : hash);

export const transfers = (o: AgencyRequestOptions & { secret: string }, agency: 'police' | 'discipline', desk: TransferDesk): Router => {
  const router = Router();
  const signed = (requestId: string, receiptNo: string, packageSha256: string, fault: Fault | undefined) => ({
    packageSha256,
    receiptSign: createHmac('sha256', fault?.fault === 'forgedReceipt' ? 'another secret' : o.secret)
      .update([requestId, receiptNo, packageSha256].join('\n'))
      .digest('hex'),
  });
  router.post(
    '/transfers',
    agencyRequest(o, agency, (body, fault, { requestId, receiptNo }): Work => {
      const parsed = LETTER.safeParse(body);
      if (!parsed.success) throw new BadBody(`请求体格式不符:${parsed.error.issues[0]?.path.join('.') ?? ''}`);
      const letter = parsed.data;
      const work = (i: number): string => {
        const rejection = rejectionOf(fault, i);
        if (rejection !== undefined) return rejection;
        if (letter.about === 'withdrawal') {
          desk.withdraw(agency, letter.orderId);
          return '00';
        }
        const code = checkPackage(sha256, letter);
        if (code === '00') desk.take(agency, letter, receiptNo);
        return code;
      };
      return { numbers: [letter.orderId], work, more: signed(requestId, receiptNo, spoilt(letter.packageSha256, fault), fault) };
    }),
  );
  router.get('/transfers', (_request, response) => void response.json({ transfers: desk.list(agency) }));
  router.get('/transfers/:orderId', (request, response) => {
    const fault = o.faults.take(agency);
    if (fault?.fault === 'down') return void response.socket?.destroy();
    const wrong = o.checkSignature(request, '');
    if (wrong !== undefined) return void response.status(401).json({ title: wrong });
    const { orderId } = request.params;
    const found = desk.find(agency, orderId);
    return void response.json({ rows: [{ number: orderId, code: found ? '00' : '03' }], receiptNo: '', decision: found?.decision ?? null });
  });
  return router;
};
