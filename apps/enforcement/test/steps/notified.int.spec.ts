// What was notified is what is decided and signed: the notice and the decision name scope, number, sum and holders, and records that change in
// between need a new notice (行政处罚法 §44, §45).
import { randomUUID } from 'node:crypto';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { pdfText } from '@hengji/testing';
import { DRAFTER, must, SIGNER, startWorld, type World } from '../enforcement';
import { anInstitution } from '../neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.neighbours.certificate.holders = [];
  world.neighbours.exam.counts.clear();
  world.neighbours.subsidy.counts.clear();
});

const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES'] as const;

interface Led {
  readonly theCase: Case;
  readonly orderId: string;
}

const drafted = async (): Promise<Led> => {
  const theCase = await world.cases.founded(anInstitution());
  const { caseId, institution } = theCase;
  const content = { scope: { institution, from: '2026-03-01' }, measures: [...MEASURES], reason: '不考试就发证' };
  const grounds = ['CERTIFICATES_WITHOUT_EXAM' as const];
  const { order } = await world.client().draftOrder({ requestId: randomUUID(), actor: DRAFTER, caseId, grounds, ...content });
  return { theCase, orderId: must(order).orderId };
};

const take = async ({ theCase }: Led, ...steps: readonly Parameters<World['cases']['take']>[1][]): Promise<Case> => {
  let after = theCase;
  for (const step of steps) after = await world.cases.take(after, step);
  return after;
};

const textOf = async (theCase: Case, kind: 'NOTICE' | 'DECISION'): Promise<string> => {
  const documentId = theCase.documents.findLast((one) => one.kind === kind)?.documentId ?? '';
  return pdfText(Buffer.from((await world.caseClient().getDocument({ actor: SIGNER, documentId })).pdf));
};

const TO_CHECKED = ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK', 'DISCUSS'] as const;
const beyond = { reason: 'case.beyond_notice', message: expect.stringContaining('涉及考生10人、评价结果10项，现在涉及考生11人') };

it('prints in notice and decision the measures with their numbers, the scope, the sum, and whole names in the annex', async () => {
  const led = await drafted();
  const number = `${led.theCase.institution}263000001`;
  world.neighbours.certificate.holders = [{ number, maskedName: '张**', name: '张三丰' }];
  world.neighbours.certificate.holdersAsked.length = 0;
  const decided = await take(led, ...TO_CHECKED, 'DECIDE');
  expect(world.neighbours.certificate.holdersAsked.map(({ whole }) => whole)).toEqual([true, true]);
  const parts = [
    '取消评价结果（涉及考生10人、评价结果10项）',
    '宣布证书作废（涉及持证人10人、证书10本）',
    '补贴10笔，共计人民币1.00元',
    '考试日期：自2026年3月1日起',
    '附件：涉及的证书和持证人（1本）',
    number,
    '张三丰',
  ];
  for (const kind of ['NOTICE', 'DECISION'] as const) {
    const text = (await textOf(decided, kind)).replaceAll(/\s/g, '');
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toContain('张**');
  }
  const { particulars } = decided.entries.find(({ step }) => step === 'ISSUE_NOTICE') ?? {};
  expect(particulars?.reach[0]).toMatchObject({ measure: 'CANCEL_RESULTS', count: 10n, people: 10n });
});

it('refuses a decision on more records than were notified, until they are notified anew', async () => {
  const led = await drafted();
  await take(led, ...TO_CHECKED);
  world.neighbours.exam.counts.set('CANCEL_RESULTS', 11);
  await expect(take(led, 'DECIDE')).rejects.toMatchObject(beyond);
  const anew = await take(led, 'RETURN_PROPOSAL', ...TO_CHECKED, 'DECIDE');
  expect(anew.state).toBe('DECIDED');
  expect(await textOf(anew, 'NOTICE')).toContain('涉及考生11人');
});

it('refuses the signature when the records grew after the decision, also if they were previewed again', async () => {
  const led = await drafted();
  await take(led, ...TO_CHECKED, 'DECIDE', 'SERVE_DECISION', 'PUBLISH');
  const { orderId } = led;
  const sign = async () => {
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    return world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
  };
  world.neighbours.exam.counts.set('CANCEL_RESULTS', 11);
  await expect(sign()).rejects.toMatchObject(beyond);
  expect(must((await world.client().getOrder({ actor: DRAFTER, orderId })).order).state).toBe('PREVIEWED');
  world.neighbours.exam.counts.clear();
  // A smaller sum is not in the institution's disfavour.
  world.neighbours.subsidy.counts.set('OPEN_RECOVERIES', 9);
  expect(must((await sign()).order).state).not.toBe('PREVIEWED');
});
