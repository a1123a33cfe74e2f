// Issuing: only on a passed, published result without a hold that exam confirms; numbered without gaps or repetitions.
import { TOPICS } from '@hengji/contracts';
import { query, testPerson, unique, until } from '@hengji/testing';
import {
  type CertificateUnderTest,
  existing,
  imported,
  loaded,
  messages,
  newInstitution,
  OFFICER,
  passedResults,
  pseudonymOf,
  startCertificate,
  TODAY,
} from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

const issue = (resultIds: readonly string[], requestId = unique()) =>
  certificate.gateway.issueCertificates({ requestId, actor: OFFICER, resultIds: [...resultIds] });
const total = async (institution: string): Promise<bigint> => (await certificate.gateway.countCertificates({ institution })).total;

describe('issuing', () => {
  it('numbers the certificates per level from 000001, in the requested order, and publishes them once', async () => {
    const institution = newInstitution();
    const fourth = passedResults(certificate, institution, 2);
    const fifth = passedResults(certificate, institution, 1, { from: 10, level: '5' });
    const asked = [fourth[1], fifth[0], fourth[0]] as string[];
    const { certificates } = await issue(asked);
    expect(certificates.map(({ number, resultId }) => [number, resultId])).toEqual([
      [`${institution}264000001`, asked[0]],
      [`${institution}265000001`, asked[1]],
      [`${institution}264000002`, asked[2]],
    ]);
    expect(certificates[2]).toMatchObject({
      institution,
      person: pseudonymOf(0),
      issuedOn: TODAY,
      examDate: '2026-08-10',
      state: 'ISSUED',
      uploadState: 'NONE',
      voidedAt: '',
      maskedName: `${testPerson(0).name[0]}*`,
    });
    const number = certificates[0]?.number ?? '';
    expect((await certificate.gateway.getCertificate({ number })).certificate).toEqual(certificates[0]);
    const events = await until(
      async () => (await certificate.probe.events(TOPICS.certificate)).filter(({ meta }) => meta?.institution === institution),
      (seen) => seen.length === 1,
    );
    expect(events[0]?.body).toMatchObject({
      $case: 'certificatesIssued',
      value: { certificates: certificates.map(({ number: n }) => ({ number: n })) },
    });
  });

  it('numbers 特级技师 and 首席技师 with two letters, apart from level 1 of the same institution', async () => {
    const institution = newInstitution().replace('S', 'Y');
    const asked = ['1', 'T', 'S', 'T'].map((level, i) => passedResults(certificate, institution, 1, { from: i, level })[0] as string);
    const { certificates } = await issue(asked);
    expect(certificates.map(({ number, level }) => [number, level])).toEqual([
      [`${institution}261000001`, '1'],
      [`${institution}26T000001`, 'T'],
      [`${institution}26S000001`, 'S'],
      [`${institution}26T000002`, 'T'],
    ]);
    const filters = [
      { field: 'level', op: 'IS' as const, values: ['T'] },
      { field: 'institution', op: 'IS' as const, values: [institution] },
    ];
    const list = await certificate.gateway.listCertificates({ actor: OFFICER, query: { filters } });
    expect(list.certificates.map(({ number }) => number).sort()).toEqual([`${institution}26T000001`, `${institution}26T000002`]);
  });

  it('keeps names and ID numbers sealed, in tables and in events', async () => {
    const institution = newInstitution();
    await issue(passedResults(certificate, institution, 1));
    const { name, idNumber } = testPerson(0);
    const rows = await query<{ row: string }>(
      certificate.database,
      `SELECT certificate::text AS row FROM certificate WHERE institution = $1
       UNION ALL SELECT encode(body, 'escape') FROM messaging.outbox UNION ALL SELECT encode(answer, 'escape') FROM messaging.request`,
      [institution],
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ row }) => row.includes(idNumber) || row.includes(name))).toEqual([]);
  });

  it('continues after the highest imported number of the series', async () => {
    const institution = newInstitution();
    const rows = existing(institution, 3).map(({ certificate: one, holder }, i) => ({
      certificate: { ...one, number: `${institution}26400000${[7, 2, 5][i]}`, examDate: '2026-01-05', issuedOn: '2026-02-01' },
      holder,
    }));
    await imported(certificate.loader.importCertificates(messages({ certificates: rows })));
    const { certificates } = await issue(passedResults(certificate, institution, 1));
    expect(certificates[0]?.number).toBe(`${institution}264000008`);
  });

  it('gives two requests at the same time different numbers without a gap', async () => {
    const institution = newInstitution();
    const ids = passedResults(certificate, institution, 60);
    const parts = [0, 1, 2, 3, 4, 5].map((i) => ids.slice(i * 10, i * 10 + 10));
    const answers = await Promise.all(parts.map((part) => issue(part)));
    const sequences = answers
      .flatMap(({ certificates }) => certificates.map(({ number }) => Number(number.slice(16))))
      .sort((a, b) => a - b);
    expect(sequences).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  it('issues one certificate for a result, for any number of requests at the same time', async () => {
    const institution = newInstitution();
    const ids = passedResults(certificate, institution, 3);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => issue(ids)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'conflict', reason: 'certificate.already_issued' });
    }
    expect(await total(institution)).toBe(3n);
    // The numbers that the refused requests drew were returned.
    expect((await issue(passedResults(certificate, institution, 1, { from: 50 }))).certificates[0]?.number).toBe(`${institution}264000004`);
  });

  it('gives a repeated request the same answer, also when the result was cancelled since', async () => {
    const institution = newInstitution();
    const ids = passedResults(certificate, institution, 2);
    const first = await issue(ids, `again ${institution}`);
    passedResults(certificate, institution, 2, { state: 'CANCELLED' });
    expect(await issue(ids, `again ${institution}`)).toEqual(first);
    await expect(issue([ids[0] as string], `again ${institution}`)).rejects.toMatchObject({ kind: 'conflict', reason: 'request.reused' });
    expect(await total(institution)).toBe(2n);
  });
});

describe('refusals of issuing', () => {
  const cases: [string, Parameters<typeof passedResults>[3], string, string][] = [
    ['not passed', { passed: false }, 'certificate.result_not_passed', 'rules §5.4'],
    ['only recorded', { state: 'RECORDED' }, 'certificate.result_not_published', 'N3.7b'],
    ['cancelled', { state: 'CANCELLED' }, 'certificate.result_not_published', 'N3.7b'],
    ['still shown to the public', { publishedOn: '2026-08-31' }, 'certificate.publicity_running', 'rules §5.1'],
  ];
  it.each(cases)('a result that is %s', async (_case, change, reason, rule) => {
    const institution = newInstitution();
    const [good] = passedResults(certificate, institution, 1);
    const [bad] = passedResults(certificate, institution, 1, { ...change, from: 1 });
    await expect(issue([good as string, bad as string])).rejects.toMatchObject({
      kind: 'illegalMove',
      reason,
      detail: { field: 'result_ids[1]', rule },
    });
    expect(await total(institution)).toBe(0n);
  });

  it('a result whose institution was removed, or whose filing has expired', async () => {
    const institution = newInstitution();
    for (const obstacle of ['filing.removed', 'filing.expired']) {
      const [id = ''] = passedResults(certificate, institution, 1);
      const known = certificate.exam.results.get(id);
      if (known) certificate.exam.results.set(id, { ...known, obstacle });
      await expect(issue([id])).rejects.toMatchObject({ kind: 'illegalMove', reason: obstacle, detail: { rule: 'N2.3a' } });
    }
    expect(await total(institution)).toBe(0n);
  });

  it('a result that is unknown to exam, or that an order holds there', async () => {
    const institution = newInstitution();
    await expect(issue(['nothing'])).rejects.toMatchObject({
      kind: 'notFound',
      reason: 'certificate.without_result',
      detail: { field: 'result_ids[0]' },
    });
    const [held] = passedResults(certificate, institution, 1);
    const known = certificate.exam.results.get(held as string);
    if (known) certificate.exam.results.set(held as string, { ...known, heldBy: ['o-1'] });
    await expect(issue([held as string])).rejects.toMatchObject({ kind: 'illegalMove', reason: 'order.held' });
    expect(await total(institution)).toBe(0n);
  });

  it('results of two institutions, repeated, none, or more than a thousand', async () => {
    const [a] = passedResults(certificate, newInstitution(), 1);
    const [b] = passedResults(certificate, newInstitution(), 1);
    await expect(issue([a as string, b as string])).rejects.toMatchObject({
      reason: 'certificate.mixed_institutions',
      detail: { field: 'result_ids[1]' },
    });
    await expect(issue([a as string, a as string])).rejects.toMatchObject({
      reason: 'certificate.result_repeated',
      detail: { field: 'result_ids[1]' },
    });
    await expect(issue([])).rejects.toMatchObject({ reason: 'certificate.no_result' });
    const many = Array.from({ length: 1001 }, (_, i) => `r${i}`);
    await expect(issue(many)).rejects.toMatchObject({ kind: 'tooMuch', reason: 'certificate.too_many' });
  });

  it('a result that already has its certificate', async () => {
    const institution = newInstitution();
    const ids = passedResults(certificate, institution, 2);
    await issue([ids[0] as string]);
    await expect(issue([ids[1] as string, ids[0] as string])).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'certificate.already_issued',
      detail: { field: 'result_ids[1]' },
    });
    expect(await total(institution)).toBe(1n);
  });

  it('an exhausted series, and draws nothing', async () => {
    const institution = newInstitution();
    await query(certificate.database, `INSERT INTO number_counter VALUES ($1, '26', '4', 999998)`, [institution]);
    const ids = passedResults(certificate, institution, 3);
    await expect(issue(ids.slice(0, 2))).rejects.toMatchObject({ kind: 'conflict', reason: 'certificate.numbers_exhausted' });
    expect((await issue(ids.slice(2))).certificates[0]?.number).toBe(`${institution}264999999`);
    await expect(issue(ids.slice(0, 1))).rejects.toMatchObject({ reason: 'certificate.numbers_exhausted' });
  });

  it('while exam is unavailable, without writing anything', async () => {
    const institution = newInstitution();
    const ids = passedResults(certificate, institution, 1);
    certificate.exam.away = true;
    try {
      await expect(issue(ids, `away ${institution}`)).rejects.toMatchObject({ kind: 'unavailable' });
    } finally {
      certificate.exam.away = false;
    }
    expect((await issue(ids, `away ${institution}`)).certificates).toHaveLength(1);
  });

  it('without request id, actor or right role', async () => {
    const institution = newInstitution();
    const resultIds = passedResults(certificate, institution, 1);
    await expect(issue(resultIds, '')).rejects.toMatchObject({ reason: 'request.id_missing' });
    await expect(certificate.gateway.issueCertificates({ requestId: unique(), resultIds })).rejects.toMatchObject({
      reason: 'actor.missing',
    });
    const operator = { ...OFFICER, role: 'OPERATOR' as const };
    await expect(certificate.gateway.issueCertificates({ requestId: unique(), actor: operator, resultIds })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const other = { ...OFFICER, role: 'INSTITUTION' as const, institution: newInstitution() };
    await expect(certificate.gateway.issueCertificates({ requestId: unique(), actor: other, resultIds })).rejects.toMatchObject({
      reason: 'actor.other_institution',
    });
    expect(await total(institution)).toBe(0n);
  });
});

describe('reading', () => {
  it('refuses malformed numbers and unknown ones', async () => {
    await expect(certificate.gateway.getCertificate({ number: '12345' })).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'certificate.number_invalid',
      detail: { field: 'number', rule: '人社鉴发〔2019〕2号' },
    });
    await expect(certificate.gateway.getCertificate({ number: 'S000021019999264000001' })).rejects.toMatchObject({
      kind: 'notFound',
      reason: 'certificate.unknown',
    });
    await expect(certificate.subsidy.holdsCertificates({ numbers: ['S000021019999264000001', 'x'] })).rejects.toMatchObject({
      reason: 'certificate.number_invalid',
      detail: { field: 'numbers[1]' },
    });
    const many = Array.from({ length: 1001 }, (_, i) => `S000021019999264${String(i + 1).padStart(6, '0')}`);
    await expect(certificate.subsidy.holdsCertificates({ numbers: many })).rejects.toMatchObject({ kind: 'tooMuch' });
  });

  it('reports to subsidy which certificates are known', async () => {
    const institution = newInstitution();
    const numbers = await loaded(certificate, institution, 2);
    const { certificates } = await certificate.subsidy.holdsCertificates({ numbers: [...numbers, `${institution}254999999`] });
    expect(certificates.map(({ number, state }) => [number, state])).toEqual(numbers.map((number) => [number, 'ISSUED']));
  });

  it('lists by institution and state, in pages', async () => {
    const institution = newInstitution();
    const numbers = await loaded(certificate, institution, 5);
    const seen: string[] = [];
    let after = '';
    do {
      const page = await certificate.gateway.listCertificates({ institution, page: { after, limit: 2 } });
      seen.push(...page.certificates.map(({ number }) => number));
      after = page.next;
    } while (after !== '');
    expect(seen).toEqual(numbers);
    expect((await certificate.gateway.listCertificates({ institution, state: 'VOIDED' })).certificates).toEqual([]);
    await expect(certificate.gateway.listCertificates({ institution: '' })).rejects.toMatchObject({ reason: 'institution.code_invalid' });
  });

  it('refuses callers that are not on the list', async () => {
    await expect(certificate.subsidy.listCertificates({ institution: newInstitution() })).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'caller.not_allowed',
    });
    await expect(certificate.loader.issueCertificates({})).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
