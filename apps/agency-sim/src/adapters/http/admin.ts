// The admin endpoints for tests and operators of the simulator: faults on demand, numbers loaded in advance, and how often each agency got
// a request.
import { Router, json } from 'express';
import { z } from 'zod';
import { AGENCIES, FAULTS, type AgencyName, type FaultBoard } from '../../domain/faults';
import type { NumberRegister } from '../../domain/number-register';
import type { TransferDesk } from '../../domain/transfers';

const AGENCY = z.enum(AGENCIES);
const FAULT = z.object({
  fault: z.enum(FAULTS),
  times: z.number().int().min(0).nullable().default(null),
  delayMs: z.number().int().min(0).max(600_000).default(5_000),
  every: z.number().int().min(1).default(3),
  code: z.enum(['01', '02', '03', '04', '99']).default('99'),
});
const DECISION = z.object({ accepted: z.boolean(), decisionNo: z.string().min(1), reason: z.string().default('') });
const NUMBERS = z.object({ numbers: z.array(z.string()).max(50_000) });

export interface AdminOptions {
  readonly faults: FaultBoard;
  readonly register: NumberRegister;
  readonly desk: TransferDesk;
  readonly requests: () => Record<AgencyName, { requests: number; ids: number }>;
}

export const admin = ({ faults, register, desk, requests }: AdminOptions): Router => {
  const router = Router();
  router.use(json({ limit: '4mb' }));
  router.get('/faults', (_request, response) => void response.json(faults.list()));
  router.put('/faults/:agency', (request, response) => {
    const [agency, fault] = [AGENCY.safeParse(request.params.agency), FAULT.safeParse(request.body)];
    if (!agency.success || !fault.success)
      return void response.status(400).json({ title: '未知的部门或故障', known: { agencies: AGENCIES, faults: FAULTS } });
    faults.set(agency.data, fault.data);
    return void response.json(faults.list());
  });
  router.delete('/faults/:agency', (request, response) => {
    const agency = AGENCY.safeParse(request.params.agency);
    if (agency.success) faults.clear(agency.data);
    response.json(faults.list());
  });
  router.get('/requests', (_request, response) => void response.json(requests()));
  // An agency's decision on a transfer, or a new decision after a request to reconsider: 立案, 不予立案.
  router.put('/:agency/transfers/:orderId/decision', (request, response) => {
    const body = DECISION.safeParse(request.body);
    if (!body.success) return void response.status(400).json({ title: '应为 {accepted, decisionNo, reason?}' });
    const isHere = desk.decide(request.params.agency, request.params.orderId, body.data);
    return void response.status(isHere ? 200 : 404).json(isHere ? body.data : { title: '没有收到该移送' });
  });
  router.post('/ministry/uploads', (request, response) => {
    const body = NUMBERS.safeParse(request.body);
    if (!body.success) return void response.status(400).json({ title: '应为 {"numbers": […]},每次最多50000个' });
    for (const number of body.data.numbers) register.put(number, 'standing');
    return void response.json({ standing: register.count('').standing });
  });
  return router;
};
