// The agencies' endpoints: what each reads from a body and does with its rows, and what it shows of its register.
import { Router } from 'express';
import { z } from 'zod';
import { isCertificateNumber } from '@hengji/province';
import type { NumberRegister } from '../../domain/number-register';
import { rejectionOf, takeUpload, takeWithdrawal } from '../../domain/platform';
import { BadBody, agencyRequest, type AgencyRequestOptions, type Work } from './agency-request';

const UPLOADS = z.object({ certificates: z.array(z.object({ number: z.string(), level: z.string() })) });
const WITHDRAWALS = z.object({ numbers: z.array(z.string()) });
const NOTICE = z.object({
  orderId: z.string().min(1),
  documentNo: z.string().min(1),
  institution: z.string().min(1),
  about: z.enum(['order', 'lifting']),
});

export interface ReceivedNotice {
  readonly agency: string;
  readonly orderId: string;
  readonly documentNo: string;
  readonly about: 'order' | 'lifting';
}

const read = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new BadBody(`请求体格式不符:${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return parsed.data;
};

const at = <T>(list: readonly T[], position: number): T => list[position] as T;

export const ministry = (o: AgencyRequestOptions, register: NumberRegister): Router => {
  const router = Router();
  /** How often a number came again under another request id: here this shows that the sender did its work twice. */
  const repeated = { uploads: new Map<string, number>(), withdrawals: new Map<string, number>() };
  const noted = (what: keyof typeof repeated, number: string, code: string): string => {
    if (code === '02') repeated[what].set(number, (repeated[what].get(number) ?? 0) + 1);
    return code;
  };
  router.post(
    '/uploads',
    agencyRequest(o, 'ministry', (body, fault): Work => {
      const { certificates } = read(UPLOADS, body);
      return {
        numbers: certificates.map(({ number }) => number),
        work: (i) => rejectionOf(fault, i) ?? noted('uploads', at(certificates, i).number, takeUpload(register, at(certificates, i))),
      };
    }),
  );
  router.post(
    '/withdrawals',
    agencyRequest(o, 'ministry', (body, fault): Work => {
      const { numbers } = read(WITHDRAWALS, body);
      return {
        numbers,
        work: (i) => rejectionOf(fault, i) ?? noted('withdrawals', at(numbers, i), takeWithdrawal(register, at(numbers, i))),
      };
    }),
  );
  router.get('/certificates/:number', (request, response) => {
    const { number } = request.params;
    const state = isCertificateNumber(number) ? (register.find(number) ?? 'unknown') : 'unknown';
    response.json({ number, state });
  });
  // The state of the number, and how often its upload or withdrawal came again: accepted once and repeated never, if all is well.
  for (const [what, state] of [
    ['uploads', 'standing'],
    ['withdrawals', 'withdrawn'],
  ] as const) {
    router.get(`/certificates/:number/${what}`, (request, response) => {
      const { number } = request.params;
      const isSo = isCertificateNumber(number) && register.find(number) === state;
      response.json({ accepted: isSo ? 1 : 0, repeated: repeated[what].get(number) ?? 0 });
    });
  }
  router.get('/count', (request, response) => {
    const { institution } = request.query;
    response.json(register.count(typeof institution === 'string' ? institution : ''));
  });
  return router;
};

export const noticeBoard = (o: AgencyRequestOptions, agency: 'police' | 'regulator', received: ReceivedNotice[]): Router => {
  const router = Router();
  router.post(
    '/notices',
    agencyRequest(o, agency, (body, fault): Work => {
      const { orderId, documentNo, about } = read(NOTICE, body);
      const work = (i: number): string => {
        const rejection = rejectionOf(fault, i);
        if (rejection === undefined) received.push({ agency, orderId, documentNo, about });
        return rejection ?? '00';
      };
      return { numbers: [orderId], work };
    }),
  );
  router.get('/notices', (_request, response) => {
    response.json({ notices: received.filter((notice) => notice.agency === agency) });
  });
  return router;
};
