// A case over gRPC against a real database: what is refused, what is stored, and that no order is signed while a gate of
// its case is closed.
import { randomUUID } from 'node:crypto';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { type Actor } from '@hengji/contracts/meta/v1/meta';
import { TOPICS } from '@hengji/contracts';
import { query, until } from '@hengji/testing';
import { pdfOf, upload } from './attachments';
import { officerOf, partyOf } from './case-walk';
import { city, DRAFTER, must, province, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const DAY = 24 * 3_600_000;
/** The person of each part of a case, as the institution reads it. */
const NOBODY = { verifiers: [], legalChecker: '', decider: '' };
const reason = (slug: string) => expect.objectContaining({ reason: slug });
const draftIn = async ({ caseId, institution }: Case, change: object = {}) => {
  const content = {
    scope: { institution },
    measures: ['CANCEL_RESULTS' as const],
    grounds: ['FORGED_PAPERS' as const],
    reason: '伪造试卷',
  };
  const { order } = await world.client().draftOrder({ requestId: randomUUID(), actor: DRAFTER, caseId, ...content, ...change });
  await world.client().previewOrder({ actor: DRAFTER, orderId: must(order).orderId });
  return must(order);
};
const sign = (orderId: string, actor: Actor = SIGNER) => world.client().signOrder({ requestId: randomUUID(), actor, orderId });

describe('the path of a case', () => {
  it('runs from the lead to the re-check, each step published once', async () => {
    const institution = anInstitution();
    const order = await world.sign(institution);
    const executing = await world.cases.get(order.caseId);
    expect(executing).toMatchObject({
      state: 'EXECUTING',
      verifiers: ['verifier-a', 'verifier-b'],
      legalChecker: 'checker',
      decider: 'signer',
      orderIds: [order.orderId],
    });
    await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    const recheck = await world.cases.get(order.caseId);
    expect(recheck.state).toBe('RECHECK');
    const closed = await world.cases.take(recheck, 'CLOSE');
    expect(closed.state).toBe('CLOSED');
    expect(closed.entries.map(({ number }) => number)).toEqual(closed.entries.map((_, i) => i + 1));
    const told = async () =>
      (await world.probe.events(TOPICS.enforcement)).flatMap(({ body }) =>
        body?.$case === 'caseAdvanced' && body.value.caseId === order.caseId ? [body.value.step] : [],
      );
    expect(await until(told, (steps) => steps.length === closed.entries.length)).toEqual(closed.entries.map(({ step }) => step));
  });

  it('shows when an order can be drafted, and the list finds the cases in that state', async () => {
    const institution = anInstitution();
    const lead = await world.cases.open(institution);
    const founded = await world.cases.founded(institution);
    expect(lead.allowedActions).toEqual([]);
    expect(founded.allowedActions).toEqual(['draftOrder']);
    const list = async (value: string) => {
      const filters = [
        { field: 'institution', op: 'IS' as const, values: [institution] },
        { field: 'draftable', op: 'IS' as const, values: [value] },
      ];
      const { cases } = await world.caseClient().listCases({ actor: SIGNER, query: ListQuery.fromPartial({ filters, limit: 10 }) });
      return cases.map(({ caseId }) => caseId);
    };
    expect([await list('true'), await list('false')]).toEqual([[founded.caseId], [lead.caseId]]);
  });

  it('gives the same request the same answer, and refuses the same id with another content', async () => {
    const institution = anInstitution();
    const requestId = randomUUID();
    const first = await world.cases.open(institution, { requestId });
    expect(await world.cases.open(institution, { requestId })).toEqual(first);
    const step = { requestId: randomUUID() };
    await Promise.all([world.cases.take(first, 'TRIAGE', step), world.cases.take(first, 'TRIAGE', step)]);
    expect((await world.cases.get(first.caseId)).entries).toHaveLength(2);
    await expect(world.cases.take(first, 'TRIAGE', { ...step, text: '别的' })).rejects.toThrow(reason('request.reused'));
  });
});

it('numbers twenty cases one after the other when they are opened at once at one authority', async () => {
  const before = await world.cases.open(anInstitution('09'));
  const opened = await Promise.all(Array.from({ length: 20 }, () => world.cases.open(anInstitution('09'))));
  const numberOf = ({ number }: Case): number => Number(/〕(\d+)号$/.exec(number)?.[1]);
  const numbers = opened.map(numberOf).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => numberOf(before) + 1 + i));
});

describe('a signature', () => {
  it.each([
    ['NOTICE_SERVED', [], 'NOTICE_SERVED'],
    ['REPLY_HEARD', ['SERVE_NOTICE'], 'REPLY_HEARD'],
    ['PROPOSED', ['SERVE_NOTICE', 'WAIVE_REPLY'], 'PROPOSED'],
    ['LEGAL_CHECKED', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE'], 'LEGAL_CHECKED'],
    ['DECIDED', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK'], 'DECIDED'],
    ['DECISION_SERVED', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK', 'DECIDE'], 'DECISION_SERVED'],
    ['PUBLISHED', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK', 'DECIDE', 'SERVE_DECISION'], 'PUBLISHED'],
  ] as const)('is refused while %s is closed, and leaves nothing', async (_, steps, gate) => {
    const theCase = await world.cases.founded(anInstitution());
    const { orderId } = await draftIn(theCase);
    for (const step of steps) await world.cases.take(theCase, step);
    await expect(sign(orderId)).rejects.toThrow(
      expect.objectContaining({ reason: 'order.gate_closed', detail: expect.objectContaining({ field: `gates.${gate}` }) }),
    );
    expect(await world.get(orderId)).toMatchObject({ state: 'PREVIEWED', documentNo: '', fences: [] });
    expect((await world.cases.get(theCase.caseId)).gates.find(({ open }) => !open)?.gate).toBe(gate);
  });

  it('is accepted only from the decider, for the one draft, of a case that is not suspended', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const passedOver = await draftIn(theCase);
    const { orderId } = await draftIn(theCase);
    await expect(world.cases.publish(theCase)).rejects.toThrow(
      expect.objectContaining({ reason: 'case.draft_unnamed', detail: expect.objectContaining({ field: 'order_id' }) }),
    );
    await world.cases.publish(theCase, orderId);
    await expect(sign(orderId, city('another'))).rejects.toThrow(reason('order.not_decider'));
    await expect(sign(passedOver.orderId)).rejects.toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ field: 'gates.THIS_DRAFT' }) }),
    );
    await world.cases.take(theCase, 'SUSPEND');
    await expect(sign(orderId)).rejects.toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ field: 'gates.NOT_SUSPENDED' }) }),
    );
    await world.cases.take(theCase, 'RESUME');
    expect((await sign(orderId)).order).toMatchObject({ state: 'EXECUTING', caseId: theCase.caseId });
    await expect(draftIn(theCase)).rejects.toThrow(reason('order.case_not_ready'));
  });

  it('takes a number of the authority that handles the case; the province signs only after it took the case over', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const { orderId } = await draftIn(theCase, {
      measures: ['STOP_EVALUATION'],
      interim: true,
      urgency: '仍在组织考试',
      endCondition: '整改合格',
    });
    await expect(sign(orderId, province('province-head'))).rejects.toThrow(reason('order.out_of_territory'));
    await world.cases.take(theCase, 'TAKE_OVER', { actor: province('province-head'), documentNo: '辽人社函〔2026〕1号' });
    await expect(sign(orderId, city('deputy'))).rejects.toThrow(reason('order.out_of_territory'));
    expect((await sign(orderId, province('province-head'))).order?.documentNo).toMatch(/^辽人社鉴处〔/);
  });

  it('does not replace a stop that an open rectification depends on', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const stop = { measures: ['STOP_EVALUATION'], interim: true, urgency: '仍在组织考试', endCondition: '整改合格' };
    const interim = must((await sign((await draftIn(theCase, stop)).orderId, city('deputy'))).order);
    await world.carryOut(interim);
    await until(
      () => world.get(interim.orderId),
      ({ state }) => state === 'COMPLETED',
    );
    const { orderId } = await draftIn(theCase, { measures: ['RECTIFY'], rectifyBy: '2099-12-31' });
    await world.cases.publish(theCase, orderId);
    await sign(orderId);
    await until(
      () => world.cases.get(theCase.caseId),
      ({ rectifications }) => rectifications.length === 1,
    );
    const other = await world.cases.founded(theCase.institution);
    await expect(draftIn(other, { supersedes: interim.orderId })).rejects.toThrow(reason('order.rectification_open'));
  });

  it('of an interim stop needs no notice, and the case cannot end until the stop is lifted', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const interim = { measures: ['STOP_EVALUATION'], interim: true, urgency: '仍在组织考试', endCondition: '整改合格' };
    const { orderId } = await draftIn(theCase, interim);
    await expect(sign(orderId, officerOf(theCase.institution, 'verifier-a'))).rejects.toThrow(reason('case.same_person'));
    expect((await sign(orderId, city('deputy'))).order).toMatchObject({ state: 'EXECUTING', interim: true });
    await world.cases.take(theCase, 'SERVE_NOTICE');
    await world.cases.take(theCase, 'WAIVE_REPLY');
    await expect(world.cases.take(theCase, 'FIND_UNFOUNDED')).rejects.toThrow(reason('case.not_finished'));
  });
});

describe('a step', () => {
  it.each([
    ['LEGAL_CHECK', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE'], 'verifier-a'],
    ['DECIDE', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK'], 'verifier-b'],
    ['DECIDE', ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK'], 'checker'],
  ] as const)('%s is not taken by the holder of another part: %#', async (step, before, person) => {
    const theCase = await world.cases.founded(anInstitution());
    await draftIn(theCase);
    for (const one of before) await world.cases.take(theCase, one);
    await expect(world.cases.take(theCase, step, { actor: officerOf(theCase.institution, person) })).rejects.toThrow(
      reason('case.same_person'),
    );
  });

  it('does not cut the time for a reply short, and is not taken by another city', async () => {
    const theCase = await world.cases.founded(anInstitution());
    await world.cases.take(theCase, 'SERVE_NOTICE');
    await expect(world.cases.take(theCase, 'CLOSE_REPLY')).rejects.toThrow(reason('case.too_early'));
    await expect(world.cases.take(theCase, 'PROPOSE')).rejects.toThrow(reason('case.illegal_move'));
    await expect(world.cases.take(theCase, 'CLOSE_REPLY', { actor: city('x', '2102') })).rejects.toThrow(reason('case.out_of_territory'));
    await expect(world.cases.take(theCase, 'WAIVE_REPLY', { actor: partyOf(anInstitution()) })).rejects.toThrow(
      reason('case.out_of_territory'),
    );
    world.clock.aheadMs = 12 * DAY;
    try {
      expect((await world.cases.take(theCase, 'CLOSE_REPLY')).state).toBe('HEARD');
    } finally {
      world.clock.aheadMs = 0;
    }
  });

  it('names attachments of its own case only, and an institution names only its own', async () => {
    // The proof of a service is newer than its document.
    const theCase = await world.cases.take(await world.cases.founded(anInstitution()), 'ISSUE_NOTICE');
    const other = await world.cases.founded(anInstitution());
    const attach = async ({ caseId }: Case, actor: Actor): Promise<string> =>
      (await upload(world.caseClient(), { actor, caseId }, pdfOf('材料'))).attachmentId;
    const ofOfficer = await attach(theCase, DRAFTER);
    const ofOther = await attach(other, DRAFTER);
    for (const id of [ofOther, 'nothing']) {
      await expect(world.cases.take(theCase, 'SERVE_NOTICE', { attachmentIds: [id] })).rejects.toThrow(reason('attachment.unknown'));
    }
    const served = await world.cases.take(theCase, 'SERVE_NOTICE', { attachmentIds: [ofOfficer] });
    expect(served.entries.at(-1)?.attachmentIds).toEqual([ofOfficer]);
    await expect(world.cases.take(theCase, 'REPLY', { attachmentIds: [ofOfficer] })).rejects.toThrow(reason('attachment.unknown'));
    const own = await attach(theCase, partyOf(theCase.institution));
    expect((await world.cases.take(theCase, 'REPLY', { attachmentIds: [own] })).state).toBe('HEARD');
  });

  it('of a suspension gives the institution its days back on the board', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const due = ({ deadlines }: Case) => deadlines.find(({ code }) => code === 'D-CASE-REPLY')?.dueAt ?? new Date(0);
    const noticed = await world.cases.take(theCase, 'SERVE_NOTICE');
    await world.cases.take(theCase, 'SUSPEND');
    world.clock.aheadMs = 20 * DAY;
    try {
      const resumed = await world.cases.take(theCase, 'RESUME');
      expect(due(resumed).getTime()).toBeGreaterThan(due(noticed).getTime() + 15 * DAY);
      await expect(world.cases.take(theCase, 'CLOSE_REPLY')).rejects.toThrow(reason('case.too_early'));
    } finally {
      world.clock.aheadMs = 0;
    }
  });

  it('taken by two officers at once is taken once', async () => {
    const theCase = await world.cases.open(anInstitution());
    const both = await Promise.allSettled([world.cases.take(theCase, 'TRIAGE'), world.cases.take(theCase, 'TRIAGE')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const entries = await query<{ n: number }>(world.url, `SELECT count(*)::int AS n FROM case_entry WHERE case_id = $1`, [theCase.caseId]);
    expect(entries[0]?.n).toBe(2);
  });
});

describe('a case file', () => {
  it("is read by the people concerned, and by the institution from its notice on, without the officers' notes", async () => {
    const institution = anInstitution();
    const theCase = await world.cases.founded(institution);
    await expect(world.cases.get(theCase.caseId, partyOf(institution))).rejects.toThrow(reason('case.out_of_territory'));
    await expect(world.cases.get(theCase.caseId, city('x', '2102'))).rejects.toThrow(reason('case.out_of_territory'));
    await world.cases.take(theCase, 'SERVE_NOTICE');
    const own = await world.cases.get(theCase.caseId, partyOf(institution));
    expect(own.entries.map(({ step }) => step)).toEqual(['SERVE_NOTICE']);
    expect(own.allowedSteps).toEqual(['REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING', 'ASK_RECUSAL']);
    expect(own.nextSteps).toEqual([
      { step: 'REPLY', title: '陈述申辩', needs: ['TEXT'], recordTitle: '陈述和申辩意见', evidence: [] },
      { step: 'WAIVE_REPLY', title: '放弃陈述申辩', needs: ['WAIVED'], recordTitle: '说明', evidence: [] },
      { step: 'REQUEST_HEARING', title: '申请听证', needs: ['TEXT'], recordTitle: '听证请求和理由', evidence: [] },
      { step: 'ASK_RECUSAL', title: '申请回避', needs: ['TEXT', 'OFFICER_NAME'], recordTitle: '申请回避的理由', evidence: [] },
    ]);
    expect(own).toMatchObject({ gates: [], summary: '', transferTrack: '', obstacles: [], ...NOBODY });
    const { obstacles } = await world.cases.get(theCase.caseId);
    expect(obstacles.map(({ step, reason: why }) => `${step} ${why}`)).toEqual(
      expect.arrayContaining(['CLOSE_REPLY case.too_early', 'REPLY case.role_forbidden']),
    );
    const { cases } = await world.caseClient().listCases({ actor: partyOf(institution) });
    expect(cases.map(({ caseId }) => caseId)).toEqual([theCase.caseId]);
  });
});
