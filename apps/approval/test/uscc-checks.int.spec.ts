// A code with a wrong check character: two officers of one authority, the licence, and what the import accepts afterwards.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { UsccCheckServiceDefinition, type UsccCheckServiceClient } from '@hengji/contracts/approval/v1/uscc_check_service';
import { grpcClient } from '@hengji/host';
import { actsOfWork, closeAfterSuite, query, TEST_CALLER_SECRET, type ActSeen } from '@hengji/testing';
import { createHash, randomUUID } from 'node:crypto';
import { codeOf, importAll, institution, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
let checks: UsccCheckServiceClient;

beforeAll(async () => {
  service = await startService();
  const opened = grpcClient(UsccCheckServiceDefinition, service.address(), {
    ...{ caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 20_000 },
  });
  closeAfterSuite(async () => opened.close());
  checks = opened as unknown as UsccCheckServiceClient;
});

const officer = (officerId: string, over: Partial<Actor> = {}) =>
  ({ officerId, name: officerId, role: 'CITY_OFFICER', authority: '2101', ...over }) as Actor;
const A = officer('officer-a');
const B = officer('officer-b');
const PDF = Buffer.from('%PDF-1.7\n%licence\n%%EOF\n');
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The code of the n-th institution with another last character. */
const wrong = (n: number): string => {
  const { uscc } = institution(n);
  return `${uscc.slice(0, 17)}${uscc.endsWith('0') ? '1' : '0'}`;
};
const filed = (n: number) => institution(n, { uscc: wrong(n) });

const propose = (n: number, over: object = {}) =>
  checks.proposeUsccCheck({
    ...{ requestId: randomUUID(), actor: A, uscc: wrong(n), institution: codeOf(n), reason: '执照如此，登记机关已说明' },
    ...{ licenceName: '执照.pdf', licence: PDF, ...over },
  });
const confirm = (n: number, over: object = {}) =>
  checks.confirmUsccCheck({
    requestId: randomUUID(),
    actor: B,
    uscc: wrong(n),
    institution: codeOf(n),
    licenceSha256: sha256(PDF),
    ...over,
  });
const refuse = (n: number, over: object = {}) =>
  checks.refuseUsccCheck({
    ...{ requestId: randomUUID(), actor: B, uscc: wrong(n), institution: codeOf(n), licenceSha256: sha256(PDF), reason: '扫描件不清晰' },
    ...over,
  });
const refusing = (reason: string, field?: string) => ({ reason, ...(field === undefined ? {} : { detail: { field } }) });

it('is filed only after another officer has confirmed it, for this institution', async () => {
  await expect(importAll(service.approval('import'), [filed(1)])).rejects.toMatchObject(refusing('institution.uscc_invalid'));
  await propose(1);
  await expect(importAll(service.approval('import'), [filed(1)])).rejects.toMatchObject(refusing('institution.uscc_invalid'));
  expect((await confirm(1)).check).toMatchObject({ state: 'CONFIRMED', decided: { officerId: 'officer-b' } });
  await expect(importAll(service.approval('import'), [institution(2, { uscc: wrong(1) })])).rejects.toMatchObject(
    refusing('institution.uscc_invalid', 'institutions[0].uscc'),
  );
  expect(await importAll(service.approval('import'), [filed(1)])).toEqual([{ imported: 1, already: 0 }]);
  const gateway = service.approval('gateway');
  expect((await gateway.getInstitution({ code: codeOf(1) })).institution).toMatchObject({ uscc: wrong(1), usccCheckedByHand: true });
  const { institutions } = await gateway.listInstitutions({ authority: '', search: wrong(1).toLowerCase() });
  expect(institutions.map(({ code }) => code)).toEqual([codeOf(1)]);
});

it('is not filed after a refusal, and may be proposed again with another scan', async () => {
  await propose(3);
  expect((await refuse(3)).check).toMatchObject({ state: 'REFUSED', refusal: '扫描件不清晰' });
  await expect(importAll(service.approval('import'), [filed(3)])).rejects.toMatchObject(refusing('institution.uscc_invalid'));
  await expect(confirm(3)).rejects.toMatchObject(refusing('uscc.refused_already'));
  const clear = Buffer.concat([PDF, Buffer.from('clear')]);
  expect((await propose(3, { licence: clear })).check).toMatchObject({ state: 'PROPOSED', version: 2 });
  await expect(confirm(3)).rejects.toMatchObject(refusing('uscc.licence_changed', 'licence_sha256'));
  await confirm(3, { licenceSha256: sha256(clear) });
  expect(await importAll(service.approval('import'), [filed(3)])).toEqual([{ imported: 1, already: 0 }]);
  const kept = await checks.getUsccLicence({ actor: A, uscc: wrong(3), institution: codeOf(3), version: 1 });
  expect([kept.check?.state, kept.licence]).toEqual(['REFUSED', PDF]);
});

it.each<[string, () => Promise<unknown>, string]>([
  ['the person who proposed it', () => confirm(4, { actor: A }), 'uscc.same_person'],
  ['the person who proposed it, as a refusal', () => refuse(4, { actor: A }), 'uscc.same_person'],
  ['an officer of another city', () => confirm(4, { actor: officer('officer-c', { authority: '2102' }) }), 'territory.outside'],
  ['the province', () => confirm(4, { actor: officer('p', { role: 'PROVINCE_OFFICER', authority: 'LN' }) }), 'territory.outside'],
  ['an auditor', () => confirm(4, { actor: officer('u', { role: 'AUDITOR' }) }), 'actor.role_forbidden'],
  ['a refusal without reason', () => refuse(4, { reason: ' ' }), 'uscc.reason_invalid'],
])('is not decided by %s', async (_, act, reason) => {
  await propose(4);
  await expect(act()).rejects.toMatchObject({ reason });
  const [row] = await query<{ n: number }>(
    service.url,
    'SELECT count(*)::int AS n FROM uscc_check WHERE uscc = $1 AND decided_at IS NOT NULL',
    [wrong(4)],
  );
  expect(row).toEqual({ n: 0 });
});

it.each<[string, () => Promise<unknown>, string]>([
  ['without the licence', () => propose(5, { licence: Buffer.alloc(0) }), 'attachment.empty'],
  ['with a text file called PDF', () => propose(5, { licence: Buffer.from('licence') }), 'attachment.type_unknown'],
  ['without a reason', () => propose(5, { reason: '' }), 'uscc.reason_invalid'],
  ['by an officer of another city', () => propose(5, { actor: officer('c', { authority: '2102' }) }), 'territory.outside'],
  ['for a code that fits', () => propose(5, { uscc: institution(5).uscc }), 'uscc.check_fits'],
  ['for a code of another form', () => propose(5, { uscc: 'X' }), 'institution.uscc_invalid'],
])('is not proposed %s', async (_, act, reason) => {
  await expect(act()).rejects.toMatchObject({ reason });
  expect(await query(service.url, 'SELECT 1 FROM uscc_check WHERE institution = $1', [codeOf(5)])).toEqual([]);
});

it('shows the checks of the own authority, and all to the province; an earlier proposal is shown as replaced', async () => {
  await propose(6);
  await propose(6, { reason: '补正' });
  const statesOf = async (actor: Actor) =>
    (await checks.listUsccChecks({ actor })).checks
      .filter(({ institution: code }) => code === codeOf(6))
      .map(({ version, state, licenceBytes }) => ({ version, state, licenceBytes }));
  const both = [
    { version: 2, state: 'PROPOSED', licenceBytes: PDF.length },
    { version: 1, state: 'REPLACED', licenceBytes: PDF.length },
  ];
  expect(await statesOf(A)).toEqual(both);
  expect(await statesOf(officer('p', { role: 'PROVINCE_OFFICER', authority: 'LN' }))).toEqual(both);
  expect(await statesOf(officer('c', { authority: '2102' }))).toEqual([]);
  await expect(
    checks.getUsccLicence({ actor: officer('c', { authority: '2102' }), uscc: wrong(6), institution: codeOf(6) }),
  ).rejects.toMatchObject({ reason: 'territory.outside' });
});

it('answers a repeated request with the same check and one act', async () => {
  const requestId = randomUUID();
  const seen: ActSeen[] = await actsOfWork(service.url, async () => {
    const first = await propose(7, { requestId });
    expect(await propose(7, { requestId })).toEqual(first);
    await confirm(7);
    await expect(confirm(7)).rejects.toMatchObject({ reason: 'uscc.confirmed_already' });
    await expect(propose(7)).rejects.toMatchObject({ reason: 'uscc.confirmed_already' });
  });
  expect(seen.map(({ what, on }) => [what, on])).toEqual([
    ['ProposeUsccCheck', `usccCheck ${wrong(7)}`],
    ['ConfirmUsccCheck', `usccCheck ${wrong(7)}`],
  ]);
});

it('writes one act of a refusal, with its evidence', async () => {
  await propose(8);
  const seen = await actsOfWork(service.url, async () => void (await refuse(8)));
  expect(seen).toEqual([
    expect.objectContaining({
      ...{ what: 'RefuseUsccCheck', on: `usccCheck ${wrong(8)}`, institution: codeOf(8) },
      evidence: [`sha256:${sha256(PDF).toString('hex')}`],
    }),
  ]);
});

it('keeps a decided row as it is', async () => {
  await propose(9);
  await confirm(9);
  await expect(query(service.url, `UPDATE uscc_check SET reason = 'x' WHERE institution = $1`, [codeOf(9)])).rejects.toThrow();
  await expect(query(service.url, 'DELETE FROM uscc_check WHERE institution = $1', [codeOf(9)])).rejects.toThrow();
});
