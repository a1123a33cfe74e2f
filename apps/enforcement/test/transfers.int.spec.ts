// A transfer from the report to the exhibits. The package names exactly the documents on file. The news from the police
// through exchange is recorded once. Every limit of 310号令 starts and is met at the right step.
import { createHash, randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import type { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Measure } from '@hengji/contracts/enforcement/v1/order';
import { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { verifier } from '@hengji/host';
import { checkSealed, claimedByOrder } from '@hengji/participation';
import { pdfText, query, testKeys, until } from '@hengji/testing';
import { download, pdfOf, upload } from './attachments';
import { inPerson, officerOf } from './case-walk';
import { DRAFTER, must, SIGNER, startWorld, type World } from './enforcement';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const REPORT = pdfOf('涉嫌犯罪案件情况的书面报告');
const READER = Actor.fromPartial({ officerId: 'exchange', role: 'AUDITOR', authority: 'LN' });
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const attach = async ({ caseId, institution }: Case, name: string, content = REPORT): Promise<string> => {
  const actor = officerOf(institution, 'drafter');
  return (await upload(world.caseClient(), { actor, caseId, name }, content)).attachmentId;
};

/** Reported by two officers and approved; `draft` may first draft an order. The transfer order can then be signed. */
const approved = async (institution: string, draft: (founded: Case) => Promise<unknown> = async () => ''): Promise<Case> => {
  const founded = await world.cases.founded(institution);
  await draft(founded);
  const report = await attach(founded, '调查报告.pdf');
  const by = (officerId: string) => ({ actor: officerOf(institution, officerId) });
  await world.cases.take(founded, 'REPORT_CRIME', { ...by('verifier-a'), attachmentIds: [report] });
  const reported = await world.cases.take(founded, 'REPORT_CRIME', by('verifier-b'));
  expect(reported.transferTrack).toBe('reported');
  const exhibits = await attach(founded, '涉案物品清单.pdf', pdfOf('涉案物品清单'));
  return world.cases.take(founded, 'APPROVE_TRANSFER', { ...by('signer'), attachmentIds: [exhibits] });
};

const draftOf = async ({ caseId, institution }: Case, measures: Measure[] = ['TRANSFER_TO_POLICE']): Promise<string> => {
  const content = { scope: { institution }, measures, grounds: ['CERTIFICATES_TRADED' as const], reason: '涉嫌倒卖证书' };
  const { orderId } = must((await world.client().draftOrder({ requestId: randomUUID(), actor: DRAFTER, caseId, ...content })).order);
  await world.client().previewOrder({ actor: DRAFTER, orderId });
  return orderId;
};
const sign = async (orderId: string): Promise<Order> =>
  must((await world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId })).order);
const transfer = async (theCase: Case): Promise<Order> => sign(await draftOf(theCase));

/** Publishes an event of exchange twice. */
const tell = async (institution: string, sequence: number, body: Body<ExchangeEvent>): Promise<void> => {
  const meta = { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: BigInt(sequence), orderId: '' };
  const event = ExchangeEvent.fromPartial({ meta, body });
  await world.probe.publish(TOPICS.exchange, event, event);
};
const received = (orderId: string, agency: 'POLICE' | 'DISCIPLINE' = 'POLICE'): Body<ExchangeEvent> => ({
  $case: 'transferReceived',
  value: { orderId, row: 1, agency, receiptNo: 'R-1', packageSha256: Buffer.alloc(32, 7) },
});
const decided = (orderId: string, accepted: boolean, decisionNo: string): Body<ExchangeEvent> => ({
  $case: 'transferDecided',
  value: { orderId, row: 1, agency: 'POLICE', accepted, decisionNo, reason: accepted ? '' : '没有犯罪事实' },
});

const onTrack = ({ caseId }: Case, track: string): Promise<Case> =>
  until(
    () => world.cases.get(caseId),
    ({ transferTrack }) => transferTrack === track,
  );
const limits = ({ deadlines }: Case): Record<string, string> =>
  Object.fromEntries(deadlines.filter(({ code }) => code.startsWith('D-TRANSFER-')).map(({ code, state }) => [code.slice(11), state]));

it('hands over what is on file, fences nothing, and continues with the answers of the police', async () => {
  const theCase = await approved('S000021010101');
  const { institution } = theCase;
  expect(limits(theCase)).toEqual({ APPROVE: 'MET', SEND: 'RUNNING' });
  const order = await transfer(theCase);
  const [issued] = await until(
    () => world.published(order.orderId),
    ({ length }) => length > 0,
  );
  if (issued?.$case !== 'orderIssued') throw new Error(`${issued?.$case} was published first`);
  expect(issued.value.rows.map(({ effect }) => effect?.value)).toEqual(['TRANSFER_TO_POLICE']);
  // Between the report and the list of exhibits: the evidence of the two verifiers.
  const [letter, report, first, second, exhibits, ...more] = issued.value.package;
  expect(more).toEqual([]);
  expect([first, second]).toMatchObject([{ name: '材料.pdf' }, { name: '材料.pdf' }]);
  expect(letter).toMatchObject({ name: expect.stringContaining('移送书'), attachmentId: '' });
  expect(report).toMatchObject({ name: '调查报告.pdf', bytes: BigInt(REPORT.length), sha256: sha256(REPORT), documentId: '' });
  expect(exhibits).toMatchObject({ name: '涉案物品清单.pdf' });
  // The package is signed with the order: another list of documents matches no order.
  const seals = { verifier: verifier({ trustFile: testKeys().trustFile }), acceptUnsealed: false };
  const taken = (change: Partial<OrderIssued> = {}) =>
    checkSealed(seals, claimedByOrder({ ...issued.value, ...change }, issued.value.rows));
  taken();
  const other = issued.value.package.map((item) => (item === report ? { ...item, sha256: Buffer.alloc(32) } : item));
  for (const forged of [other, issued.value.package.slice(1), []]) expect(() => taken({ package: forged })).toThrow('package');
  expect((await world.get(order.orderId)).fences).toEqual([]);
  expect(
    (await world.client('exchange').listFences({ service: 'exchange' })).fences.filter(({ orderId }) => orderId === order.orderId),
  ).toEqual([]);

  const asExchange = world.caseClient('exchange');
  const asked = { actor: READER, attachmentId: report?.attachmentId ?? '' };
  expect(await download(asExchange, asked)).toEqual(REPORT);
  // As an exchange from before streams existed asks.
  expect((await asExchange.getAttachment(asked)).content).toEqual(REPORT);
  const { pdf } = await asExchange.getDocument({ actor: READER, documentId: letter?.documentId ?? '' });
  expect(sha256(pdf)).toEqual(letter?.sha256);
  expect(limits(await onTrack(theCase, 'sent'))).toEqual({ APPROVE: 'MET', SEND: 'MET', 'RECEIPT-FWD': 'RUNNING' });

  await tell(institution, 1, received(order.orderId));
  expect(limits(await onTrack(theCase, 'received'))).toMatchObject({ 'RECEIPT-FWD': 'MET', DECIDE: 'RUNNING' });
  await world.carryOut(await world.get(order.orderId));
  await tell(institution, 2, decided(order.orderId, false, '沈公不立〔2026〕1号'));
  const rejected = await onTrack(theCase, 'rejected');
  expect(limits(rejected)).toMatchObject({ DECIDE: 'MET', RECONSIDER: 'RUNNING' });
  expect(rejected.entries.at(-1)).toMatchObject({
    step: 'TRANSFER_REFUSED',
    text: '公安机关不予立案，沈公不立〔2026〕1号：没有犯罪事实',
  });

  await world.cases.take(theCase, 'ASK_RECONSIDERATION');
  await tell(institution, 3, decided(order.orderId, true, '沈公立〔2026〕2号'));
  expect(limits(await onTrack(theCase, 'accepted'))).toMatchObject({ RECONSIDER: 'MET', 'RECON-DECIDE': 'MET', EXHIBIT: 'RUNNING' });
  const list = await attach(theCase, '移交清单.pdf');
  const handed = await world.cases.take(theCase, 'HAND_OVER_EXHIBITS', { attachmentIds: [list] });
  expect(handed.transferTrack).toBe('handed_over');
  expect(new Set(Object.values(limits(handed)))).toEqual(new Set(['MET']));
  const heard = handed.entries.filter(({ step }) => step.startsWith('TRANSFER_')).map(({ step }) => step);
  expect(heard).toEqual(['TRANSFER_RECEIVED', 'TRANSFER_REFUSED', 'TRANSFER_ACCEPTED']);
});

it('is signed by its approver, once, and not together with other measures', async () => {
  const theCase = await approved('S000021010102');
  const { caseId, institution } = theCase;
  const content = { scope: { institution }, grounds: ['CERTIFICATES_TRADED' as const], reason: '涉嫌倒卖证书' };
  const draft = (measures: Measure[]) =>
    world.client().draftOrder({ requestId: randomUUID(), actor: DRAFTER, caseId, ...content, measures });
  await expect(draft(['TRANSFER_TO_POLICE', 'CANCEL_RESULTS'])).rejects.toMatchObject({ reason: 'order.transfer_mixed' });
  const { orderId } = must((await draft(['TRANSFER_TO_POLICE'])).order);
  await world.client().previewOrder({ actor: DRAFTER, orderId });
  const sign = (officerId: string) =>
    world.client().signOrder({ requestId: randomUUID(), actor: officerOf(institution, officerId), orderId });
  await expect(sign('other')).rejects.toMatchObject({ reason: 'order.not_decider' });
  await sign('signer');
  await expect(transfer(theCase)).rejects.toMatchObject({ reason: 'order.gate_closed' });
});

it('is approved only with a package that can be sent, and the head may change the decision', async () => {
  const founded = await world.cases.founded('S000021010106');
  const by = (officerId: string) => ({ actor: officerOf(founded.institution, officerId) });
  const part = pdfOf('', 5 * 1024 * 1024);
  const ids = [];
  for (let i = 0; i < 4; i += 1) ids.push(await attach(founded, `调查报告${i}.pdf`, part));
  await world.cases.take(founded, 'REPORT_CRIME', { ...by('verifier-a'), attachmentIds: ids });
  await world.cases.take(founded, 'REPORT_CRIME', by('verifier-b'));
  await expect(world.cases.take(founded, 'APPROVE_TRANSFER')).rejects.toMatchObject({ reason: 'transfer.package_too_large' });
  const before = await world.cases.get(founded.caseId);
  expect([before.transferTrack, before.documents]).toEqual(['reported', []]);
  await world.cases.take(founded, 'REFUSE_TRANSFER', by('signer'));
  await world.cases.take(founded, 'REPORT_CRIME', { ...by('verifier-a'), attachmentIds: ids.slice(0, 1) });
  await world.cases.take(founded, 'REPORT_CRIME', by('verifier-b'));
  await world.cases.take(founded, 'APPROVE_TRANSFER');
  const refused = await world.cases.take(founded, 'REFUSE_TRANSFER', by('signer'));
  expect([refused.transferTrack, limits(refused)['SEND']]).toEqual(['refused', 'CANCELLED']);
});

it('ends with the lifting of its order', async () => {
  const theCase = await approved('S000021010107');
  const order = await transfer(theCase);
  await onTrack(theCase, 'sent');
  await world.carryOut(
    await until(
      () => world.get(order.orderId),
      ({ rows }) => rows.some(({ state }) => state === 'ASKED'),
    ),
  );
  await until(
    () => world.get(order.orderId),
    ({ state }) => state === 'COMPLETED',
  );
  const lift = (officerId: string) => {
    const asked = { requestId: randomUUID(), actor: officerOf(theCase.institution, officerId), orderId: order.orderId };
    return world.client().liftOrder({ ...asked, ground: 'SELF_CORRECTION', reason: '移送有误' });
  };
  await expect(lift('drafter')).rejects.toMatchObject({ reason: 'order.same_person' });
  await expect(lift('verifier-b')).rejects.toMatchObject({ reason: 'case.same_person' });
  await lift('signer');
  const withdrawn = await onTrack(theCase, 'withdrawn');
  expect(limits(withdrawn)['RECEIPT-FWD']).toBe('CANCELLED');
  expect(withdrawn.entries.at(-1)).toMatchObject({ step: 'TRANSFER_WITHDRAWN', by: 'system' });
});

it('follows the decision of the police if it went to both agencies, and no fine replaces it', async () => {
  let orderId = '';
  const theCase = await approved('S000021010103', async (founded) => {
    orderId = await draftOf(founded, ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE']);
  });
  await world.cases.take(theCase, 'OPEN_PENALTY');
  await expect(world.cases.take(theCase, 'DECIDE_PENALTY', { actor: officerOf(theCase.institution, 'signer') })).rejects.toMatchObject({
    reason: 'case.transfer_first',
  });
  const order = await sign(orderId);
  await tell(theCase.institution, 1, received(order.orderId, 'DISCIPLINE'));
  await tell(theCase.institution, 2, received(order.orderId));
  const got = await onTrack(theCase, 'received');
  expect(got.entries.filter(({ step }) => step === 'TRANSFER_RECEIVED')).toHaveLength(1);
});

it('to the supervision organ alone contains a letter to it, and starts no limit of the police', async () => {
  let orderId = '';
  const theCase = await approved('S000021010108', async (founded) => {
    orderId = await draftOf(founded, ['TRANSFER_TO_DISCIPLINE']);
  });
  expect(theCase.entries.at(-1)?.orderId).toBe(orderId);
  const documentId = theCase.documents.find(({ kind }) => kind === 'TRANSFER')?.documentId ?? '';
  const text = pdfText((await world.caseClient().getDocument({ actor: SIGNER, documentId })).pdf);
  expect(text).toContain('沈阳市监察委员会：');
  expect(text).toContain('第十九条');
  expect(text).not.toContain('公安局');
  expect(limits(theCase)).toEqual({ APPROVE: 'MET' });
  // Documents that the approval does not name are not sent under its letter.
  await expect(sign(await draftOf(theCase))).rejects.toMatchObject({ reason: 'order.gate_closed' });
  await sign(orderId);
  expect(limits(await onTrack(theCase, 'sent'))).toEqual({ APPROVE: 'MET' });
  await tell(theCase.institution, 1, received(orderId, 'DISCIPLINE'));
  expect(limits(await onTrack(theCase, 'received'))).toEqual({ APPROVE: 'MET' });
});

it('shows the transfer to nobody of the institution', async () => {
  const theCase = await approved('S000021010104');
  const { orderId } = await transfer(theCase);
  await onTrack(theCase, 'sent');
  const { institution, caseId } = theCase;
  const party = Actor.fromPartial({ officerId: 'party', role: 'INSTITUTION', institution });
  await expect(world.client().getOrder({ actor: party, orderId })).rejects.toMatchObject({ kind: 'forbidden' });
  expect((await world.client().listOrders({ actor: party, institution })).orders).toEqual([]);
  // Nor is the case shown, while the transfer is the only signed order in it.
  await until(
    () => world.get(orderId),
    ({ issuedAt }) => issuedAt !== undefined,
  );
  expect((await world.caseClient().listCases({ actor: party })).cases).toEqual([]);
  await expect(world.cases.get(caseId, party)).rejects.toMatchObject({ reason: 'case.out_of_territory' });
  await expect(upload(world.caseClient(), { actor: party, caseId }, REPORT)).rejects.toMatchObject({ reason: 'case.out_of_territory' });
  const list = { actor: party, state: 'UNSPECIFIED' as const, caseId };
  expect((await world.caseClient().listDeadlines(list)).deadlines).toEqual([]);
});

it('leaves every trace of the transfer out of the file that the institution reads', async () => {
  const theCase = await approved('S000021010105');
  const { institution, caseId } = theCase;
  const letter = theCase.documents.find(({ kind }) => kind === 'TRANSFER')?.documentId ?? '';
  const service = { requestId: randomUUID(), actor: SIGNER, mode: 'IN_PERSON' as const, receiver: '公安民警' };
  const proof = { service: inPerson(new Date()), attachmentIds: [await world.cases.attach(theCase, SIGNER, 'OTHER')] };
  // Nobody registers the service of the letter: the receiving body signs for it.
  const serve = world.caseClient().serveDocument({ ...service, ...proof, documentId: letter });
  await expect(serve).rejects.toMatchObject({ reason: 'document.not_servable' });
  const { orderId } = await transfer(theCase);
  await world.cases.take(theCase, 'SERVE_NOTICE');
  const content = { scope: { institution }, grounds: ['FORGED_PAPERS' as const], reason: '伪造试卷' };
  const draft = { requestId: randomUUID(), actor: DRAFTER, caseId, ...content, measures: ['CANCEL_RESULTS' as const] };
  await world.client().draftOrder(draft);
  const own = await world.cases.get(caseId, Actor.fromPartial({ officerId: 'party', role: 'INSTITUTION', institution }));
  expect(own.entries.map(({ step }) => step)).toEqual(['SERVE_NOTICE']);
  expect(own.orderIds).toEqual([]);
  expect(own.documents.map(({ kind }) => kind)).toEqual(['NOTICE', 'SERVICE_RECEIPT']);
  expect(own.deadlines.map(({ code }) => code)).toEqual(['D-CASE-REPLY', 'D-PEN-HEARING-ASK']);
  expect(JSON.stringify(own, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(orderId);
});

// Last, with a separate fixture.
it('is issued as soon as possible when the issue failed after the signature: it has no fence to wait for', async () => {
  world = await startWorld({ FENCE_PATIENCE_MS: '600000' });
  const orderId = await draftOf(await approved('S000021010110'));
  await query(
    world.url,
    `CREATE FUNCTION not_yet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not yet'; END $$;
     CREATE TRIGGER not_yet BEFORE UPDATE ON orders FOR EACH ROW WHEN (NEW.state = 'EXECUTING') EXECUTE FUNCTION not_yet()`,
  );
  expect((await sign(orderId)).state).toBe('SIGNED');
  await query(world.url, 'DROP TRIGGER not_yet ON orders');
  await until(
    () => world.get(orderId),
    ({ state }) => state === 'EXECUTING',
  );
});
