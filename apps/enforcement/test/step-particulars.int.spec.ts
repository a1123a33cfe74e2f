// What steps state and prove, over gRPC against a real database: it is kept and read again, an older caller that states nothing is
// refused, and rows of an older version stay readable.
import { randomUUID } from 'node:crypto';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { TakeStepRequest } from '@hengji/contracts/enforcement/v1/case_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { dayOf } from '@hengji/domain-kit';
import { addWorkingDays, PUBLISHED_CALENDAR } from '@hengji/province';
import { pdfText, query, until } from '@hengji/testing';
import { photoOf, upload } from './attachments';
import { inPerson, officerOf, partyOf } from './case-walk';
import { SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const reason = (slug: string, field?: string) =>
  expect.objectContaining({ reason: slug, ...(field === undefined ? {} : { detail: expect.objectContaining({ field }) }) });

/** A step as an older caller sends it: without particulars, facts of a service and proof. */
const asBefore = ({ caseId, institution }: Case, step: TakeStepRequest['step'], change: Partial<TakeStepRequest> = {}) =>
  world.caseClient().takeStep(
    TakeStepRequest.fromPartial({
      requestId: randomUUID(),
      actor: officerOf(institution, 'verifier-a'),
      caseId,
      step,
      text: '现场核查记录',
      ...change,
    }),
  );

it('keeps what a step states, prints the credentials in the notice, and reads it again', async () => {
  const founded = await world.cases.founded(anInstitution());
  const verified = founded.entries.filter(({ step }) => step === 'VERIFY');
  expect(verified.map(({ particulars }) => particulars?.noInterest)).toEqual([true, true]);
  const served = await world.cases.take(founded, 'SERVE_NOTICE');
  const notice = served.documents.find(({ kind }) => kind === 'NOTICE');
  const { pdf } = await world.caseClient().getDocument({ actor: SIGNER, documentId: notice?.documentId ?? '' });
  const text = pdfText(Buffer.from(pdf));
  for (const { particulars } of verified) expect(text).toContain(particulars?.credential);
  expect(served.nextSteps.find(({ step }) => step === 'REPLY')?.needs).toContain('PAPER');
  expect(served.serviceRules.find(({ mode }) => mode === 'LEFT')).toMatchObject({
    leastServers: 2,
    fields: expect.arrayContaining(['witness']),
  });
});

it('counts a service from its true time, with its proof on the file', async () => {
  const founded = await world.cases.founded(anInstitution());
  const issued = await world.cases.take(founded, 'ISSUE_NOTICE');
  const issuedAt = issued.documents[0]?.issuedAt ?? new Date(0);
  world.clock.aheadMs = 3 * 86_400_000;
  try {
    const proof = await world.cases.attach(founded, SIGNER, 'OTHER');
    const post = { ...inPerson(issuedAt), servers: [], postNumber: 'ea 123456789 cn' };
    const served = await world.cases.take(founded, 'SERVE_NOTICE', { mode: 'POST', service: post, attachmentIds: [proof] });
    const [service] = served.documents.find(({ kind }) => kind === 'NOTICE')?.services ?? [];
    expect(service).toMatchObject({ mode: 'POST', receiver: '王校长', servedAt: issuedAt, attachmentIds: [proof] });
    expect(service?.facts).toMatchObject({ servedAt: issuedAt, capacity: 'LEGAL_REPRESENTATIVE', postNumber: 'EA123456789CN' });
    const limit = served.deadlines.find(({ code }) => code === 'D-CASE-REPLY');
    expect(limit?.startedAt).toEqual(issuedAt);
    // Entered three days after the service: the institution has its three working days from the entry.
    const enteredAt = new Date(Date.now() + world.clock.aheadMs);
    expect(dayOf(limit?.dueAt ?? issuedAt)).toBe(addWorkingDays(PUBLISHED_CALENDAR, dayOf(enteredAt), 3));
    expect(served.obstacles.find(({ step }) => step === 'CLOSE_REPLY')).toMatchObject({
      reason: 'case.too_early',
      words: expect.stringContaining(addWorkingDays(PUBLISHED_CALENDAR, dayOf(enteredAt), 3)),
    });
  } finally {
    world.clock.aheadMs = 0;
  }
});

it('takes no proof that is older than the document, and none of another service', async () => {
  const founded = await world.cases.founded(anInstitution());
  const old = await world.cases.attach(founded, SIGNER, 'OTHER');
  const issued = await world.cases.take(founded, 'ISSUE_NOTICE');
  const serve = (step: 'SERVE_NOTICE' | 'SERVE_DECISION', id: string) => world.cases.take(issued, step, { attachmentIds: [id] });
  await expect(serve('SERVE_NOTICE', old)).rejects.toThrow(reason('document.proof_older', 'attachment_ids'));
  const proof = await world.cases.attach(founded, SIGNER, 'OTHER');
  await serve('SERVE_NOTICE', proof);
  // The notice is served anew: its receipt is another one.
  await world.cases.take(issued, 'ISSUE_NOTICE');
  await expect(serve('SERVE_NOTICE', proof)).rejects.toThrow(reason('document.proof_older', 'attachment_ids'));
  world.clock.aheadMs = 60_000;
  const ofBoth = await world.cases.attach(founded, SIGNER, 'OTHER');
  world.clock.aheadMs = 0;
  await serve('SERVE_NOTICE', ofBoth);
  await world.cases.take(issued, 'ISSUE_NOTICE');
  await expect(serve('SERVE_NOTICE', ofBoth)).rejects.toThrow(reason('document.proof_used', 'attachment_ids'));
});

it('keeps the credentials of the two officers who left a document', async () => {
  const founded = await world.cases.founded(anInstitution());
  await world.cases.take(founded, 'ISSUE_NOTICE');
  const facts = (credentials: string[]) => ({
    ...{ mode: 'LEFT' as const, receiver: '王校长' },
    service: { ...inPerson(new Date()), witness: '居委会赵某', credentials },
  });
  const serve = async (credentials: string[]) => {
    const photo = await upload(
      world.caseClient(),
      { actor: SIGNER, caseId: founded.caseId, kind: 'OTHER', name: '留置.jpg' },
      photoOf(randomUUID()),
    );
    return world.cases.take(founded, 'SERVE_NOTICE', { ...facts(credentials), attachmentIds: [photo.attachmentId] });
  };
  await expect(serve(['21010001'])).rejects.toThrow(reason('document.credential_invalid', 'credentials'));
  const served = await serve(['2101 0001', '２１０１０００２']);
  const [service] = served.documents.find(({ kind }) => kind === 'NOTICE')?.services ?? [];
  expect(service?.facts).toMatchObject({ servers: ['张三', '李四'], credentials: ['21010001', '21010002'], witness: '居委会赵某' });
});

it('refuses an older caller, which states and proves nothing, by the first missing field', async () => {
  const triaged = await world.cases.take(await world.cases.open(anInstitution()), 'TRIAGE');
  await expect(asBefore(triaged, 'VERIFY')).rejects.toThrow(reason('case.evidence_missing', 'attachment_ids'));
  const attachmentIds = [await world.cases.attach(triaged, officerOf(triaged.institution, 'verifier-a'), 'INSPECTION_RECORD')];
  await expect(asBefore(triaged, 'VERIFY', { attachmentIds })).rejects.toThrow(reason('case.credential_invalid', 'credential'));
  const founded = await world.cases.founded(anInstitution());
  await expect(asBefore(founded, 'SERVE_NOTICE', { mode: 'IN_PERSON', receiver: '门卫' })).rejects.toThrow(reason('case.illegal_move'));
  await world.cases.take(founded, 'ISSUE_NOTICE');
  const serve = (receiver: string) => asBefore(founded, 'SERVE_NOTICE', { mode: 'IN_PERSON', receiver });
  await expect(serve('门卫')).rejects.toThrow(reason('document.receiver_missing', 'receiver'));
  await expect(serve('王校长')).rejects.toThrow(reason('document.capacity_missing', 'capacity'));
  await world.cases.take(founded, 'SERVE_NOTICE');
  await expect(asBefore(founded, 'WAIVE_REPLY', { actor: partyOf(founded.institution) })).rejects.toThrow(
    reason('case.waiver_unnamed', 'waived'),
  );
});

it('enters a reply on paper for the institution, and says who entered it', async () => {
  const noticed = await world.cases.take(await world.cases.founded(anInstitution()), 'SERVE_NOTICE');
  const entered = await world.cases.take(noticed, 'REPLY', { actor: officerOf(noticed.institution, 'drafter') });
  expect(entered.state).toBe('HEARD');
  expect(entered.entries.at(-1)).toMatchObject({
    ...{ by: 'drafter', title: '陈述申辩（由经办人员代录）' },
    particulars: { receivedOn: dayOf(new Date()) },
  });
  const own = await world.cases.get(noticed.caseId, partyOf(noticed.institution));
  expect(own.entries.at(-1)?.title).toBe('陈述申辩（由经办人员代录）');
  expect(entered.deadlines.find(({ code }) => code === 'D-CASE-REPLY')?.state).toBe('MET');
});

it('refuses a person who declared an interest in another case of the institution', async () => {
  const institution = anInstitution();
  const first = await world.cases.open(institution);
  const second = await world.cases.open(institution);
  await world.cases.take(first, 'DECLARE_INTEREST', { actor: officerOf(institution, 'relative') });
  const triage = (theCase: Case, officer: string) => world.cases.take(theCase, 'TRIAGE', { actor: officerOf(institution, officer) });
  await expect(triage(second, 'relative')).rejects.toThrow(reason('case.recused', 'actor.officer_id'));
  const { obstacles } = await world.cases.get(second.caseId, officerOf(institution, 'relative'));
  expect(obstacles.map(({ step, reason: why }) => `${step} ${why}`)).toContain('TRIAGE case.recused');
  expect((await triage(second, 'colleague')).state).toBe('TRIAGED');
  expect((await triage(await world.cases.open(anInstitution()), 'relative')).state).toBe('TRIAGED');
});

it('keeps a person who is recused in one case from signing and lifting in another case of the institution', async () => {
  const institution = anInstitution();
  const order = await world.sign(institution);
  const recused = officerOf(institution, 'relative');
  await world.cases.take(await world.cases.open(institution), 'DECLARE_INTEREST', { actor: recused });
  await until(
    () => world.carryOut(order),
    ({ state }) => state === 'COMPLETED',
  );
  const lift = (actor: Actor) =>
    world.client().liftOrder({ requestId: randomUUID(), actor, orderId: order.orderId, ground: 'RECONSIDERATION', reason: '复议撤销' });
  await expect(lift(recused)).rejects.toThrow(reason('case.recused', 'actor.officer_id'));
  expect((await lift(officerOf(institution, 'deputy'))).order?.state).toBe('LIFTING');
});

it('reads a case of an older version, whose entries state nothing and whose service has no facts', async () => {
  const noticed = await world.cases.take(await world.cases.founded(anInstitution()), 'SERVE_NOTICE');
  const { caseId } = noticed;
  const documentId = noticed.documents.find(({ kind }) => kind === 'NOTICE')?.documentId;
  // As the version before wrote them: without the new columns.
  const copy = (table: string, columns: string, id: string) => query(world.url, `INSERT INTO ${table} (${columns}) VALUES ${id}`);
  const decision = randomUUID();
  await query(
    world.url,
    `INSERT INTO procedure.document SELECT $1, nextval('procedure.document_sequence_seq'), file_kind, file_id, 'LIFTING', $1, version, about, which,
       institution, authority, title, pdf, sha256, key_id, algorithm, signature, issued_by, issued_at FROM procedure.document WHERE id = $2`,
    [decision, documentId],
  );
  await copy(
    'procedure.delivery',
    'document_id, mode, receiver, served_at, recorded_at, recorded_by, receipt_document_id',
    `('${decision}', 'IN_PERSON', '门卫', '2026-01-05T02:00:00Z', now(), 'x', 'none')`,
  );
  await copy(
    'case_entry',
    'case_id, number, step, by, by_name, at, text, document_ids, attachment_ids',
    `('${caseId}', ${noticed.entries.length + 1}, 'WAIVE_REPLY', 'p', '', now(), '', '{}', '{}')`,
  );
  const read = await world.cases.get(caseId);
  expect(read.entries.at(-1)).toMatchObject({ step: 'WAIVE_REPLY', title: '放弃陈述申辩', particulars: undefined });
  const [service] = read.documents.find((one) => one.documentId === decision)?.services ?? [];
  expect(service).toMatchObject({
    receiver: '门卫',
    servedAt: new Date('2026-01-05T02:00:00Z'),
    facts: { capacity: 'UNSPECIFIED', servers: [] },
  });
});
