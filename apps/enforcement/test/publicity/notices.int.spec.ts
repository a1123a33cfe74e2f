// The public notice (公示) of a decision, from PUBLISH to its withdrawal, over gRPC with a real database and broker: what is published, what
// stops a publication, and what withdraws a notice.
import { createHash, randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { TakeStepRequest } from '@hengji/contracts/enforcement/v1/case_service';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { until } from '@hengji/testing';
import { officerOf } from '../case-walk';
import { DRAFTER, must, SIGNER, startWorld, type World } from '../enforcement';
import { anInstitution } from '../neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.neighbours.certificate.holders = [];
  world.neighbours.certificate.holdersAsked.length = 0;
});

const refusal = (reason: string, field?: string) =>
  expect.objectContaining({ reason, ...(field === undefined ? {} : { detail: expect.objectContaining({ field }) }) });

const holdersOf = (institution: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ number: `${institution}263${String(i + 1).padStart(6, '0')}`, maskedName: '张*' }));

type Published = Extract<Body<EnforcementEvent>, { $case: 'decisionPublished' | 'decisionListed' | 'decisionWithdrawn' }>;
const isNotice = (body: Body<EnforcementEvent>): body is Published => body.$case.startsWith('decision');
const eventsOf = async (institution: string): Promise<Published[]> =>
  (await world.probe.events(TOPICS.enforcement)).flatMap(({ meta, body }) =>
    meta?.institution === institution && body && isNotice(body) ? [body] : [],
  );
const eventsBecome = (institution: string, count: number): Promise<Published[]> =>
  until(
    () => eventsOf(institution),
    (events) => events.length >= count,
  );

/** A case whose decision is served; its finding is this text. */
const served = async (institution: string, finding = '未经考试发放证书一百余本'): Promise<{ theCase: Case; orderId: string }> => {
  const lead = await world.cases.take(await world.cases.open(institution), 'TRIAGE');
  const one = await world.cases.take(lead, 'VERIFY');
  const both = await world.cases.take(one, 'VERIFY', { actor: officerOf(institution, 'verifier-b') });
  const founded = await world.cases.take(both, 'FIND_FOUNDED', { text: finding });
  const content = { scope: { institution }, measures: ['CANCEL_RESULTS' as const, 'VOID_CERTIFICATES' as const], reason: '不考试就发证' };
  const { order } = await world.client().draftOrder({
    ...{ requestId: randomUUID(), actor: officerOf(institution, 'drafter'), caseId: founded.caseId, ...content },
    grounds: ['CERTIFICATES_WITHOUT_EXAM'],
  });
  let theCase = founded;
  const steps = ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK', 'DISCUSS', 'DECIDE', 'SERVE_DECISION'] as const;
  for (const step of steps) theCase = await world.cases.take(theCase, step);
  return { theCase, orderId: must(order).orderId };
};

const preview = (theCase: Case, notice: object = {}) =>
  world.caseClient().previewNotice({ actor: officerOf(theCase.institution, 'drafter'), caseId: theCase.caseId, notice });
const publish = (theCase: Case, notice: object = {}, step: 'PUBLISH' | 'AMEND_NOTICE' = 'PUBLISH') =>
  world.cases.take(theCase, step, { notice: TakeStepRequest.fromPartial({ notice }).notice });
const stateOf = ({ deadlines }: Case, code: string): string => deadlines.findLast((one) => one.code === code)?.state ?? '';
const completed = async (theCase: Case, orderId: string): Promise<Order> => {
  await world.client().previewOrder({ actor: officerOf(theCase.institution, 'drafter'), orderId });
  await world.client().signOrder({ requestId: randomUUID(), actor: officerOf(theCase.institution, 'signer'), orderId });
  await world.carryOut(await world.get(orderId));
  return until(
    () => world.get(orderId),
    ({ state }) => state === 'COMPLETED',
  );
};

it('publishes what was previewed: text, list in pages, the document with the seal; once, also when the request is repeated', async () => {
  const institution = anInstitution();
  const { theCase } = await served(institution);
  world.neighbours.certificate.holders = holdersOf(institution, 1_700);
  const seen = await preview(theCase);
  expect(seen.text).toMatchObject({
    facts: '未经考试发放证书一百余本',
    reasons: 'DECIDE的记录',
    listed: 1_700,
    institution,
    authority: '2101',
  });
  expect([seen.faults, seen.entries.length, seen.entries[0]]).toEqual([
    [],
    100,
    { certificateNumber: `${institution}263000001`, maskedName: '张*' },
  ]);
  const requestId = randomUUID();
  const step = { requestId, notice: { mask: [], leftOut: [], leftOutReason: '', notNames: [], seen: seen.seen } };
  const published = await world.cases.take(theCase, 'PUBLISH', step);
  expect(await world.cases.take(theCase, 'PUBLISH', step)).toMatchObject({ state: 'PUBLISHED', notices: [{ listed: 1_700 }] });
  const [notice] = published.notices;
  expect(notice).toMatchObject({
    number: expect.stringMatching(/^沈人社鉴公〔\d{4}〕\d+号$/),
    state: '公示中',
    replaces: '',
    listed: 1_700,
  });
  expect(published.deadlines.map(({ code }) => code)).toContain('D-DECISION-PUBLIC');
  const paper = published.documents.find(({ kind }) => kind === 'PUBLICITY');
  expect([paper?.documentId, paper?.number, paper?.signature?.keyId]).toEqual([
    notice?.documentId,
    notice?.number,
    expect.stringContaining('enforcement'),
  ]);
  const events = await eventsBecome(institution, 3);
  expect(events.map(({ $case }) => $case)).toEqual(['decisionPublished', 'decisionListed', 'decisionListed']);
  const [first, ...pages] = events;
  if (first?.$case !== 'decisionPublished') throw new Error('the first event is the notice');
  expect(first.value).toMatchObject({ number: notice?.number, text: { ...seen.text }, pages: 2, publicUntil: notice?.publicUntil });
  expect(createHash('sha256').update(first.value.pdf).digest()).toEqual(Buffer.from(first.value.sha256));
  expect(Buffer.from(first.value.sha256)).toEqual(Buffer.from(paper?.sha256 ?? []));
  expect(pages.map(({ value }) => ('entries' in value ? value.entries.length : 0))).toEqual([1_000, 700]);
});

it('refuses personal data with its place, and publishes once it is masked; nothing of the refused try is left', async () => {
  const institution = anInstitution();
  const { theCase } = await served(institution, '考生张三（身份证210102199003070011）由他人代考');
  const seen = await preview(theCase);
  expect(seen.faults).toEqual([
    { field: 'notice.facts', at: 3, words: expect.stringContaining('“张三”是姓名') },
    { field: 'notice.facts', at: 9, words: expect.stringContaining('210102********0011') },
  ]);
  await expect(publish(theCase)).rejects.toEqual(refusal('publicity.personal_data', 'notice.facts'));
  await expect(publish(theCase, { mask: ['张三'] })).rejects.toEqual(refusal('publicity.personal_data', 'notice.facts'));
  await expect(publish(theCase, { leftOut: ['FACTS'] })).rejects.toEqual(refusal('publicity.reason_missing', 'notice.left_out_reason'));
  await expect(publish(theCase, { mask: ['张三', '210102199003070011'], seen: seen.seen })).rejects.toEqual(
    refusal('publicity.seen_differs', 'notice.seen'),
  );
  expect((await world.cases.get(theCase.caseId)).notices).toEqual([]);
  const published = await publish(theCase, { mask: ['张三', '210102199003070011'] });
  expect(published.notices).toHaveLength(1);
  const [event] = await eventsBecome(institution, 1);
  expect(event?.value).toMatchObject({ text: { facts: '考生张*（身份证210102********0011）由他人代考' } });
  expect(JSON.stringify(event)).not.toMatch(/张三|199003070011/);
});

it('does not publish while certificate is away, and without its list only with a reason', async () => {
  const { theCase } = await served(anInstitution());
  await world.neighbours.certificate.stop();
  try {
    await expect(publish(theCase)).rejects.toEqual(refusal('service.unavailable'));
    const published = await publish(theCase, { leftOut: ['LIST'], leftOutReason: '名单涉及个人隐私，依据个人信息保护法第六条不予公开' });
    expect(published.notices).toMatchObject([{ listed: 0, state: '公示中' }]);
  } finally {
    await world.neighbours.certificate.start();
  }
});

it('is withdrawn with a correction before the execution: the signature waits until a notice stands', async () => {
  const institution = anInstitution();
  const { theCase, orderId } = await served(institution);
  const published = await publish(theCase);
  const withdrawn = await world.cases.take(published, 'WITHDRAW_NOTICE', { text: '复议机关决定停止执行' });
  expect(withdrawn.notices).toMatchObject([{ state: '已撤回', withdrawnReason: '复议机关决定停止执行' }]);
  await world.client().previewOrder({ actor: DRAFTER, orderId });
  const sign = () => world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
  await expect(sign()).rejects.toEqual(refusal('order.gate_closed', 'gates.PUBLISHED'));
  const again = await publish(withdrawn, {}, 'AMEND_NOTICE');
  expect(again.notices.map(({ state }) => state)).toEqual(['已撤回', '公示中']);
  const corrected = await world.cases.take(again, 'CORRECT');
  expect([corrected.state, stateOf(corrected, 'D-PEN-WITHDRAW-PUB'), stateOf(corrected, 'D-DECISION-PUBLIC')]).toEqual([
    'HEARD',
    'MET',
    'CANCELLED',
  ]);
  expect(corrected.notices.at(-1)).toMatchObject({ state: '已撤回', withdrawnReason: '处理决定由本机关自行纠正' });
  const events = await eventsBecome(institution, 4);
  expect(events.map(({ $case }) => $case)).toEqual(['decisionPublished', 'decisionWithdrawn', 'decisionPublished', 'decisionWithdrawn']);
});

it('is amended after a lifting of a part within three days, and withdrawn at once by the whole lifting', async () => {
  const institution = anInstitution();
  const { theCase, orderId } = await served(institution);
  world.neighbours.certificate.holders = holdersOf(institution, 3);
  const first = (await publish(theCase)).notices[0];
  const order = await completed(theCase, orderId);
  const lift = async (change: object): Promise<void> => {
    const asked = {
      requestId: randomUUID(),
      actor: officerOf(institution, 'signer'),
      orderId,
      reason: '考生张三申诉成立',
      ground: 'COURT' as const,
    };
    await world.client().liftOrder({ ...asked, ...change });
  };
  await lift({ scope: { institution, sessions: ['s1'] } });
  const wrong = await world.cases.get(theCase.caseId);
  expect([stateOf(wrong, 'D-PEN-WITHDRAW-PUB'), wrong.notices[0]?.state]).toEqual(['RUNNING', '公示中，处理决定已变更，应撤回或者更正']);
  world.neighbours.certificate.holdersAsked.length = 0;
  world.neighbours.certificate.holders = holdersOf(institution, 2);
  const amended = await publish(wrong, {}, 'AMEND_NOTICE');
  expect(world.neighbours.certificate.holdersAsked[0]?.without).toMatchObject([{ sessions: ['s1'] }]);
  expect([stateOf(amended, 'D-PEN-WITHDRAW-PUB'), amended.notices.map(({ state, replaces }) => [state, replaces])]).toEqual([
    'MET',
    [
      ['已更正', ''],
      ['公示中', first?.number],
    ],
  ]);
  await world.carryOut(await world.get(orderId));
  await until(
    () => world.get(orderId),
    ({ liftings }) => liftings.every(({ completedAt }) => completedAt !== undefined),
  );
  await lift({});
  const after = await world.cases.get(theCase.caseId);
  expect(after.notices.at(-1)).toMatchObject({
    state: '已撤回',
    withdrawnReason: expect.stringMatching(/^处理决定因人民法院裁判已经解除（/),
  });
  expect([stateOf(after, 'D-PEN-WITHDRAW-PUB'), stateOf(after, 'D-DECISION-PUBLIC')]).toEqual(['MET', 'CANCELLED']);
  const events = await eventsBecome(institution, 6);
  expect(events.map(({ $case }) => $case)).toEqual([
    ...['decisionPublished', 'decisionListed', 'decisionPublished', 'decisionListed', 'decisionWithdrawn', 'decisionWithdrawn'],
  ]);
  // The free text of a lifting is not written for the public.
  expect(JSON.stringify(events)).not.toContain('张三');
  expect(order.state).toBe('COMPLETED');
});

it('gives a task until a notice of a corrected decision is withdrawn', async () => {
  const institution = anInstitution();
  const { theCase, orderId } = await served(institution);
  await publish(theCase);
  await completed(theCase, orderId);
  const corrected = await world.cases.take(await world.cases.get(theCase.caseId), 'CORRECT');
  expect([corrected.state, stateOf(corrected, 'D-PEN-WITHDRAW-PUB'), corrected.notices[0]?.state]).toEqual([
    'RECHECK',
    'RUNNING',
    '公示中，处理决定已变更，应撤回或者更正',
  ]);
  await expect(world.cases.take(corrected, 'WITHDRAW_NOTICE', { text: '考生王五申诉成立' })).rejects.toEqual(
    refusal('publicity.personal_data', 'text'),
  );
  const withdrawn = await world.cases.take(corrected, 'WITHDRAW_NOTICE', { text: '处理决定认定事实有误' });
  expect([stateOf(withdrawn, 'D-PEN-WITHDRAW-PUB'), withdrawn.notices[0]?.state]).toEqual(['MET', '已撤回']);
});
