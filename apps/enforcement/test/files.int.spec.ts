// The other contents of a case file, over gRPC: documents that open and have the right content, limits that are announced
// once, rectifications checked by two officers, follow-ups of a removal. Attachments: attachments.int.spec.ts.
import { createHash, randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import type { Case, Document } from '@hengji/contracts/enforcement/v1/case';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { pdfText, query, until } from '@hengji/testing';
import { inPerson, officerOf, partyOf } from './case-walk';
import { DRAFTER, must, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

const DAY = 24 * 3_600_000;
const reason = (slug: string) => expect.objectContaining({ reason: slug });

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.clock.aheadMs = 0;
});

const read = async (document: Document | undefined): Promise<string> => {
  const { pdf, document: kept } = await world.caseClient().getDocument({ actor: SIGNER, documentId: document?.documentId ?? '' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(createHash('sha256').update(pdf).digest()).toEqual(Buffer.from(kept?.sha256 ?? []));
  expect(kept?.signature?.value.length).toBeGreaterThan(0);
  return pdfText(pdf);
};

const file = (order: Order): Promise<Case> => world.cases.get(order.caseId);
const ofKind = (theCase: Case, kind: Document['kind']) => theCase.documents.find((document) => document.kind === kind);

const completed = async (...measures: Parameters<World['sign']>[1] & object): Promise<Order> => {
  const order = await world.sign(anInstitution(), measures);
  await world.carryOut(order);
  return until(
    () => world.get(order.orderId),
    ({ state }) => state === 'COMPLETED',
  );
};

describe('documents', () => {
  it('of the steps have number, facts and hash, and are never changed', async () => {
    const order = await completed('CANCEL_RESULTS');
    const theCase = await file(order);
    const notice = ofKind(theCase, 'NOTICE');
    expect(notice?.number).toMatch(/^沈人社鉴告〔\d{4}〕\d+号$/);
    const text = await read(notice);
    for (const fact of [notice?.number ?? '', theCase.institutionName, theCase.number, '不考试就发证', '三个工作日', '取消评价结果']) {
      expect(text).toContain(fact);
    }
    const decision = ofKind(theCase, 'DECISION');
    expect(decision?.number).toBe(order.documentNo);
    expect(await read(decision)).toContain('六个月内');
    const receipt = theCase.documents.find(({ documentId }) => documentId === decision?.services[0]?.receiptDocumentId);
    expect(await read(receipt)).toContain(`（${order.documentNo}）`);
    const change = `UPDATE document SET title = '' WHERE id = '${decision?.documentId}'`;
    await expect(query(world.url, change)).rejects.toThrow('never changed');
    const again = world.caseClient().serveDocument({
      requestId: randomUUID(),
      actor: SIGNER,
      documentId: decision?.documentId ?? '',
      ...{ mode: 'IN_PERSON', receiver: '王校长', service: inPerson(new Date()) },
      attachmentIds: [await world.cases.attach(theCase, SIGNER, 'OTHER')],
    });
    await expect(again).rejects.toEqual(reason('document.served'));
  });

  it('that a step serves are not served separately', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const content = { scope: { institution: theCase.institution }, grounds: ['FORGED_PAPERS' as const], reason: '伪造试卷' };
    const draft = { requestId: randomUUID(), actor: DRAFTER, caseId: theCase.caseId, ...content, measures: ['CANCEL_RESULTS' as const] };
    await world.client().draftOrder(draft);
    for (const step of ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK'] as const) await world.cases.take(theCase, step);
    const documentId = ofKind(await world.cases.take(theCase, 'DECIDE'), 'DECISION')?.documentId ?? '';
    const serve = { requestId: randomUUID(), actor: SIGNER, documentId, mode: 'POST' as const, receiver: '王校长' };
    await expect(world.caseClient().serveDocument(serve)).rejects.toEqual(reason('document.served_by_step'));
    expect((await world.cases.take(theCase, 'SERVE_DECISION')).state).toBe('SERVED');
  });

  it('with a name of rare characters are issued, with the name printed completely', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const served = await world.cases.take(theCase, 'SERVE_NOTICE', { text: '经办人𠮷某、䶮·某' });
    const documentId = ofKind(served, 'NOTICE')?.documentId ?? '';
    const { pdf } = await world.caseClient().getDocument({ actor: SIGNER, documentId });
    expect(pdfText(Buffer.from(pdf))).toContain('经办人𠮷某、䶮·某');
  });

  it('with a name that no font has are issued, with the code point in its place and a note', async () => {
    const theCase = await world.cases.founded(anInstitution());
    const served = await world.cases.take(theCase, 'SERVE_NOTICE', { text: '经办人刘𬎆、刘𱖎签收' });
    const documentId = ofKind(served, 'NOTICE')?.documentId ?? '';
    const text = pdfText(Buffer.from((await world.caseClient().getDocument({ actor: SIGNER, documentId })).pdf));
    expect(text).toContain('经办人刘𬎆、刘〔U+3158E〕签收');
    expect(text).toContain('注：本件所用字体没有下列字符');
  });

  it('are read by the institution once they are served on it, and never by another institution', async () => {
    const order = await completed('CANCEL_RESULTS');
    const theCase = await file(order);
    const [notice, receipt] = [ofKind(theCase, 'NOTICE'), ofKind(theCase, 'SERVICE_RECEIPT')];
    const get = (document: Document | undefined, actor = partyOf(theCase.institution)) =>
      world.caseClient().getDocument({ actor, documentId: document?.documentId ?? '' });
    expect((await get(notice)).pdf.length).toBeGreaterThan(1_000);
    await expect(get(receipt)).rejects.toEqual(reason('document.not_yours'));
    await expect(get(notice, partyOf(anInstitution()))).rejects.toEqual(reason('case.out_of_territory'));
  });

  it('recover and demand only when they are due', async () => {
    const order = await completed('CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES');
    const { caseId, orderId } = order;
    const issue = (kind: Document['kind']) =>
      world.caseClient().issueDocument({ requestId: randomUUID(), actor: DRAFTER, caseId, orderId, kind, text: '' });
    await expect(issue('NOTICE')).rejects.toEqual(reason('document.not_due'));
    await expect(issue('DEMAND')).rejects.toEqual(reason('document.not_due'));
    const { document } = await issue('RECOVERY');
    expect(await read(document)).toContain('应退回的金额');
    await expect(issue('DEMAND')).rejects.toEqual(reason('document.not_due'));
    world.clock.aheadMs = 200 * DAY;
    await until(
      () => file(order),
      ({ deadlines }) => deadlines.some(({ code }) => code === 'D-ENFORCE-APPLY'),
    );
    const demand = (await issue('DEMAND')).document;
    const served = {
      requestId: randomUUID(),
      actor: DRAFTER,
      documentId: demand?.documentId ?? '',
      ...{ mode: 'IN_PERSON' as const, receiver: '王校长', service: inPerson(new Date(Date.now() + world.clock.aheadMs)) },
      attachmentIds: [await world.cases.attach(order, DRAFTER, 'OTHER')],
    };
    expect((await world.caseClient().serveDocument(served)).document?.services).toHaveLength(1);
    expect((await file(order)).deadlines.some(({ code, state }) => code === 'D-ENFORCE-DEMAND' && state === 'RUNNING')).toBe(true);
  });
});

describe('deadlines', () => {
  it('come near and pass, each announced once, also after a clock that was stopped', async () => {
    const theCase = await world.cases.founded(anInstitution());
    await world.cases.take(theCase, 'SERVE_NOTICE');
    const told = async () =>
      (await world.probe.events(TOPICS.enforcement)).flatMap(({ body }) =>
        (body?.$case === 'deadlineNearing' || body?.$case === 'deadlinePassed') && body.value.deadline?.caseId === theCase.caseId
          ? [`${body.$case} ${body.value.deadline.code}`]
          : [],
      );
    const due = (await world.cases.get(theCase.caseId)).deadlines.find(({ code }) => code === 'D-PEN-HEARING-ASK')?.dueAt?.getTime() ?? 0;
    world.clock.aheadMs = due - 60_000 - Date.now();
    await until(told, (all) => all.includes('deadlineNearing D-PEN-HEARING-ASK'));
    await world.stop();
    world.clock.aheadMs = due + 60_000 - Date.now();
    await world.start();
    await until(told, (all) => all.includes('deadlinePassed D-PEN-HEARING-ASK'));
    await world.restart();
    const later = await world.cases.founded(anInstitution());
    await world.cases.take(later, 'SERVE_NOTICE');
    const all = await told();
    expect(all.filter((one) => one.endsWith('D-PEN-HEARING-ASK'))).toEqual([
      'deadlineNearing D-PEN-HEARING-ASK',
      'deadlinePassed D-PEN-HEARING-ASK',
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are listed soonest first, page by page, to the people concerned', async () => {
    const theCase = await world.cases.founded(anInstitution('05'));
    await world.cases.take(theCase, 'SERVE_NOTICE');
    const list = (officer: string, after = '') =>
      world.caseClient().listDeadlines({ actor: officerOf(officer, 'x'), page: { limit: 1, after }, state: 'UNSPECIFIED', caseId: '' });
    const first = await list(theCase.institution);
    const second = await list(theCase.institution, first.next);
    expect([...first.deadlines, ...second.deadlines].map(({ code }) => code)).toEqual(['D-CASE-REPLY', 'D-PEN-HEARING-ASK']);
    expect(second.next).toBe('');
    expect((await list(anInstitution('06'))).deadlines).toEqual([]);
    await expect(list(theCase.institution, 'x; DROP')).rejects.toEqual(reason('page.cursor_invalid'));
  });

  // The previous version writes into the views with the tables' old names while both versions run.
  it('are found by an index that contains only running ones', async () => {
    await query(
      world.url,
      `INSERT INTO deadline SELECT 'm' || i, 'D-PEN-SERVE', 'S' || i % 500, 'c' || i, '', '2101', now(), now(), now(), false, 'MET', now(), false, NULL
       FROM generate_series(1, 100000) i`,
    );
    await query(world.url, 'ANALYZE procedure."limit"');
    const plan = (sql: string) => query(world.url, `EXPLAIN ${sql}`).then((rows) => JSON.stringify(rows));
    expect(await plan(`SELECT institution FROM procedure."limit" WHERE next_look_at <= now() GROUP BY institution`)).toContain(
      'limit_next_look',
    );
    const board = `SELECT * FROM procedure."limit" WHERE open AND authority = '2101' ORDER BY due_at, id LIMIT 50`;
    expect(await plan(board)).toContain('limit_board');
  });
});

describe('a rectification', () => {
  const check = (order: Order, officerId: string, passed: boolean) =>
    world.caseClient().checkRectification({
      requestId: randomUUID(),
      actor: officerOf(order.scope?.institution ?? '', officerId),
      orderId: order.orderId,
      passed,
      text: passed ? '现场已整改' : '档案仍不齐全',
    });
  const give = (order: Order, actor = partyOf(order.scope?.institution ?? '')) =>
    world.caseClient().giveEvidence({ requestId: randomUUID(), actor, orderId: order.orderId, text: '已整改', attachmentIds: [] });
  const lift = (order: Order) =>
    world.client().liftOrder({
      requestId: randomUUID(),
      actor: SIGNER,
      orderId: order.orderId,
      reason: '整改合格',
      ground: 'CONDITION_MET',
      scope: undefined,
      measures: ['STOP_EVALUATION'],
    });

  it('keeps the stop in force and the case open until two officers find it done', async () => {
    const order = await completed('STOP_EVALUATION', 'RECTIFY');
    const opened = await until(
      () => file(order),
      (theCase) => ofKind(theCase, 'RECTIFICATION') !== undefined,
    );
    expect(await read(ofKind(opened, 'RECTIFICATION'))).toContain('2099年12月31日前完成整改');
    await expect(check(order, 'a', true)).rejects.toEqual(reason('rectification.no_evidence'));
    await expect(give(order, DRAFTER)).rejects.toEqual(reason('rectification.not_yours'));
    await give(order);
    await check(order, 'a', true);
    await expect(check(order, 'a', true)).rejects.toEqual(reason('rectification.same_person'));
    await expect(lift(order)).rejects.toEqual(reason('order.rectification_open'));
    await expect(world.cases.take(opened, 'CLOSE')).rejects.toEqual(reason('case.not_finished'));
    const { case: differ } = await check(order, 'b', false);
    expect(differ?.rectifications[0]?.state).toBe('EVIDENCE_GIVEN');
    const { case: failed } = await check(order, 'c', false);
    expect(failed?.rectifications[0]?.state).toBe('FAILED');
    await expect(check(order, 'd', true)).rejects.toEqual(reason('rectification.no_evidence'));
    await give(order);
    await check(order, 'a', true);
    const { case: passed } = await check(order, 'b', true);
    expect(passed?.rectifications[0]?.state).toBe('PASSED');
    await expect(give(order)).rejects.toEqual(reason('rectification.closed'));
    expect(must((await lift(order)).order).liftings).toHaveLength(1);
    await until(
      () => file(order),
      (theCase) => ofKind(theCase, 'LIFTING') !== undefined,
    );
  });
});

describe('a removal', () => {
  it('requires four follow-ups, and the case cannot be closed before they are done', async () => {
    const order = await completed('REMOVE_FROM_DIRECTORY');
    const theCase = await file(order);
    expect(theCase.followUps.map(({ done }) => done)).toEqual([false, false, false, false]);
    const finish = (kind: string, note = '已办结') =>
      world.caseClient().finishFollowUp({ requestId: randomUUID(), actor: DRAFTER, orderId: order.orderId, kind, note });
    await expect(finish('FEES_SETTLED', ' ')).rejects.toEqual(reason('follow_up.note_missing'));
    await expect(finish('NOTHING')).rejects.toEqual(reason('follow_up.unknown'));
    for (const { kind } of theCase.followUps) {
      await expect(world.cases.take(theCase, 'CLOSE')).rejects.toEqual(reason('case.not_finished'));
      await finish(kind);
    }
    await expect(finish('FEES_SETTLED')).rejects.toEqual(reason('follow_up.done'));
    const closed = await world.cases.take(theCase, 'CLOSE');
    expect(closed.state).toBe('CLOSED');
    expect(closed.deadlines.filter(({ code }) => code.startsWith('D-FOLLOW')).map(({ state }) => state)).toEqual(Array(4).fill('MET'));
  });
});
