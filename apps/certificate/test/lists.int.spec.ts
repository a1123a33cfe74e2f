// The list of certificates: a whole territory as well as one institution, narrowed, sorted, searched, counted and paged.
import type { ListCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { tellInstitution, until } from '@hengji/testing';
import {
  existing,
  imported,
  messages,
  newInstitution,
  OFFICER,
  startCertificate,
  type CertificateUnderTest,
} from './certificate-under-test';

let certificate: CertificateUnderTest;
const [shenyang, dalian, untold] = [newInstitution(), newInstitution(), newInstitution()];
const CITY: Actor = { ...OFFICER, role: 'CITY_OFFICER', authority: '2101' };

const list = (query: Partial<ListQuery>, actor: Actor | undefined = OFFICER): Promise<ListCertificatesResponse> =>
  certificate.gateway.listCertificates({ actor, query: ListQuery.fromPartial(query) });
const numbers = async (query: Partial<ListQuery>, actor?: Actor): Promise<string[]> =>
  (await list(query, actor)).certificates.map(({ number }) => number);
const is = (field: string, ...values: string[]) => ({ filters: [{ field, op: 'IS' as const, values }] });
const load = (institution: string, count: number, issuedOn: string) =>
  imported(
    certificate.loader.importCertificates(
      messages({
        certificates: existing(institution, count).map((one) => ({ ...one, certificate: { ...one.certificate, issuedOn } })),
      }),
    ),
  );

beforeAll(async () => {
  certificate = await startCertificate();
  await tellInstitution(certificate.probe, { code: shenyang, name: '沈阳市技师学院', authority: '2101', area: '210102' });
  // The rows of Dalian exist before the place of their institution is published.
  await load(dalian, 2, '2025-03-20');
  await load(untold, 1, '2025-03-21');
  await tellInstitution(certificate.probe, { code: dalian, name: '大连职业培训学校', authority: '2102', area: '210203' });
  await until(
    () => list(is('authority', '2102')),
    ({ certificates }) => certificates.length === 2,
  );
  await load(shenyang, 3, '2025-03-22');
});

it('shows the province all rows and a city its own, whatever the request names', async () => {
  expect((await list({})).certificates).toHaveLength(6);
  expect(await numbers({}, CITY)).toEqual([1, 2, 3].map((n) => `${shenyang}25400000${n}`));
  expect(await numbers(is('authority', '2102'), CITY)).toEqual([]);
  expect(await numbers(is('institution', dalian), CITY)).toEqual([]);
  expect(await numbers({}, { ...OFFICER, role: 'INSTITUTION', institution: dalian })).toHaveLength(2);
  expect(await numbers({}, { ...OFFICER, role: 'OPERATOR' })).toEqual([]);
  await expect(certificate.gateway.listCertificates({ query: {} })).rejects.toMatchObject({ reason: 'actor.missing' });
});

it('filters, sorts, counts, names the institutions and pages', async () => {
  const sort = [{ field: 'issuedOn', descending: true }];
  const first = await list({ sort, limit: 4 });
  expect(first.total).toEqual({ count: 6, more: false });
  expect(first.certificates.map(({ institution }) => institution)).toEqual([shenyang, shenyang, shenyang, untold]);
  expect(first.institutions).toEqual([{ code: shenyang, name: '沈阳市技师学院', authority: '2101', area: '210102' }]);
  const second = await list({ sort, limit: 4, cursor: first.next });
  expect(second.certificates.map(({ institution }) => institution)).toEqual([dalian, dalian]);
  expect([second.total, second.next]).toEqual([undefined, '']);
  expect(await numbers({ filters: [{ field: 'issuedOn', op: 'UNTIL', values: ['2025-03-20'] }] })).toHaveLength(2);
  await expect(list(is('holder', '张三'))).rejects.toMatchObject({ reason: 'list.field_unknown', detail: { field: 'holder' } });
});

it('finds certificates by number and by the name of the institution', async () => {
  expect(await numbers({ search: `${dalian.toLowerCase()}254000002` })).toEqual([`${dalian}254000002`]);
  for (const search of ['技师', 'shenyang', 'sysjs', '审阳']) expect(await numbers({ search })).toHaveLength(3);
});

it('moves the rows when another place of the institution is published', async () => {
  await tellInstitution(certificate.probe, { code: shenyang, name: '沈抚新学院', authority: 'LN-SF', area: '210402' });
  await until(
    () => numbers(is('authority', 'LN-SF')),
    (found) => found.length === 3,
  );
  expect(await numbers({}, CITY)).toEqual([]);
  expect(await numbers({ search: '技师' })).toEqual([]);
});

it('lists to enforcement the holders in the scope of an order, masked, in pages, without what was lifted', async () => {
  const institution = newInstitution();
  await load(institution, 5, '2025-03-23');
  const [first, ...rest] = [1, 2, 3, 4, 5].map((n) => `${institution}25400000${n}`);
  const ask = (change: object) => certificate.listing.listHolders({ scope: { institution }, without: [], after: '', limit: 10, ...change });
  const all = await ask({});
  expect([all.holders.map(({ number }) => number), all.next]).toEqual([[first, ...rest], '']);
  for (const { maskedName, name } of all.holders) {
    expect(maskedName).toMatch(/^\p{Script=Han}\*+$/u);
    expect(name).toBeUndefined();
  }
  // A document that is served on the institution has whole names.
  for (const { maskedName, name } of (await ask({ whole: true })).holders) {
    expect(name).toMatch(/^\p{Script=Han}{2,}$/u);
    expect(name?.[0]).toBe(maskedName[0]);
  }
  const page = await ask({ limit: 2 });
  expect([page.holders.length, page.next]).toEqual([2, rest[0]]);
  expect((await ask({ after: page.next })).holders.map(({ number }) => number)).toEqual(rest.slice(1));
  const without = [
    { institution, certificates: [first ?? ''] },
    { institution, sessions: ['another'] },
  ];
  expect((await ask({ without })).holders.map(({ number }) => number)).toEqual(rest);
  expect((await ask({ scope: { institution, certificates: rest } })).holders).toHaveLength(4);
  await expect(ask({ scope: { institution: 'S1' } })).rejects.toMatchObject({ reason: 'order.scope_invalid' });
  await expect(certificate.gateway.listHolders({ scope: { institution }, without: [], after: '', limit: 10 })).rejects.toMatchObject({
    reason: 'caller.not_allowed',
  });
});

it('tells enforcement which numbers exist, of which institution, in one answer for ten thousand', async () => {
  const asked = Array.from({ length: 10_000 }, (_, n) => `${shenyang}254${String(n + 1).padStart(6, '0')}`);
  const { numbers: found } = await certificate.listing.findNumbers({ numbers: [...asked.slice(1), `${dalian}254000001`] });
  const byCode = (a: { number: string }, b: { number: string }): number => (a.number < b.number ? -1 : 1);
  const known = [2, 3].map((n) => ({ number: `${shenyang}25400000${n}`, institution: shenyang, state: 'ISSUED' }));
  expect(found).toEqual([...known, { number: `${dalian}254000001`, institution: dalian, state: 'ISSUED' }].sort(byCode));
  await expect(certificate.listing.findNumbers({ numbers: [...asked, 'x'] })).rejects.toMatchObject({ reason: 'certificate.too_many' });
});
