// Import of existing certificates: a thousand per message, published, without effect when repeated, refused as a whole when faulty.
import { TOPICS } from '@hengji/contracts';
import { until } from '@hengji/testing';
import {
  type CertificateUnderTest,
  existing,
  imported,
  messages,
  newInstitution,
  pseudonymOf,
  startCertificate,
} from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

const send = (...list: { certificates: object[] }[]) => imported(certificate.loader.importCertificates(messages(...list)));
const total = async (institution: string): Promise<bigint> => (await certificate.loader.countCertificates({ institution })).total;

describe('import of certificates', () => {
  it('imports a thousand of several institutions and publishes those of each institution', async () => {
    const [a, b] = [newInstitution(), newInstitution()];
    expect(await send({ certificates: [...existing(b, 300, 5000), ...existing(a, 700)] })).toEqual([{ imported: 1000, already: 0 }]);
    const told = await until(
      async () =>
        (await certificate.probe.events(TOPICS.certificate)).flatMap(({ meta, body }) =>
          body?.$case === 'certificatesImported' && [a, b].includes(meta?.institution ?? '') ? [body.value.certificates] : [],
        ),
      (seen) => seen.length === 2,
    );
    expect(told.map((list) => list.length).sort()).toEqual([300, 700]);
    expect(told.flat().find(({ number }) => number === `${a}254000001`)).toEqual({
      number: `${a}254000001`,
      occupation: '6-31-01-03',
      issuedOn: '2025-03-22',
      maskedName: expect.stringMatching(/^.\*+$/) as string,
      planId: `${a}-p`,
      sessionId: `${a}-s`,
      level: '4',
      person: pseudonymOf(0),
      examDate: '2025-03-01',
      resultId: `${a}-x0`,
    });
  });

  it('counts a repeat as already there, also in part, and publishes only the new ones', async () => {
    const institution = newInstitution();
    const acks = await send(
      { certificates: existing(institution, 4) },
      { certificates: existing(institution, 4) },
      { certificates: existing(institution, 6) },
    );
    expect(acks).toEqual([
      { imported: 4, already: 0 },
      { imported: 0, already: 4 },
      { imported: 2, already: 4 },
    ]);
    const sizes = await until(
      async () =>
        (await certificate.probe.events(TOPICS.certificate)).flatMap(({ meta, body }) =>
          body?.$case === 'certificatesImported' && meta?.institution === institution ? [body.value.certificates.length] : [],
        ),
      (seen) => seen.length === 2,
    );
    expect(sizes).toEqual([4, 2]);
  });

  it('takes numbers and names as a file has them: the same certificate in another spelling is there already', async () => {
    const institution = newInstitution();
    const [row] = existing(institution, 1);
    const { number = '', occupation = '' } = row?.certificate ?? {};
    const inSpelling = (name: string) => ({
      certificate: {
        ...row?.certificate,
        ...{ number: `${number.slice(0, 13)} ${number.slice(13)}`.toLowerCase(), occupation: occupation.replaceAll('-', '') },
      },
      holder: { name, idNumber: row?.holder.idNumber ?? '' },
    });
    const acks = await send(...['买买提•艾力', '买买提．艾力', ' 买买提 · 艾力'].map((name) => ({ certificates: [inSpelling(name)] })));
    expect(acks).toEqual([
      { imported: 1, already: 0 },
      { imported: 0, already: 1 },
      { imported: 0, already: 1 },
    ]);
    expect(await certificate.gateway.getCertificate({ number: number.toLowerCase() })).toMatchObject({
      certificate: { number, maskedName: '买买提·*' },
    });
    await expect(send({ certificates: [inSpelling('买买提\uE900艾力')] })).rejects.toMatchObject({
      reason: 'person.name_invalid',
      message: expect.stringContaining('自造字 U+E900') as string,
      detail: { field: 'certificates[0].holder.name' },
    });
  });

  it('keeps what was acknowledged when a later message is faulty', async () => {
    const institution = newInstitution();
    const faulty = existing(institution, 20, 100).map((row, i) =>
      i === 17 ? { ...row, holder: { name: '张三', idNumber: '210102199003070012' } } : row,
    );
    await expect(send({ certificates: existing(institution, 3) }, { certificates: faulty })).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'person.id_invalid',
      detail: { field: 'certificates[17].holder.id_number', rule: 'GB 11643-1999' },
    });
    expect(await total(institution)).toBe(3n);
  });

  it.each([
    [{ number: '21010219900307' }, 'certificate.number_invalid', 'number'],
    [{ number: 'S000021019999254000000' }, 'certificate.number_invalid', 'number'],
    [{ institution: 'S000021019998' }, 'certificate.number_contradicted', 'institution'],
    [{ level: '3' }, 'certificate.number_contradicted', 'level'],
    [{ issuedOn: '2024-03-22' }, 'certificate.number_contradicted', 'issued_on'],
    [{ issuedOn: '2025-02-28' }, 'certificate.issued_on_invalid', 'issued_on'],
    [{ examDate: '2025-02-29' }, 'certificate.exam_date_invalid', 'exam_date'],
    [{ resultId: '' }, 'result.id_invalid', 'result_id'],
    [{ planId: '' }, 'plan.id_invalid', 'plan_id'],
    [{ occupation: '1' }, 'occupation.code_invalid', 'occupation'],
    [{ person: 'f'.repeat(32) }, 'person.mismatch', 'person'],
  ])('refuses %j', async (change, reason, path) => {
    const institution = newInstitution();
    const rows = existing(institution, 2).map((row, i) => (i === 1 ? { ...row, certificate: { ...row.certificate, ...change } } : row));
    await expect(send({ certificates: rows })).rejects.toMatchObject({
      kind: 'invalid',
      reason,
      detail: { field: `certificates[1].certificate.${path}`, rule: expect.any(String) as string },
    });
    expect(await total(institution)).toBe(0n);
  });

  it('refuses rows that contradict an existing certificate, and repetitions within a message', async () => {
    const institution = newInstitution();
    await send({ certificates: existing(institution, 2) });
    type Row = ReturnType<typeof existing>[number];
    const [first, second] = existing(institution, 2) as [Row, Row];
    const cases: [Row[], string, string][] = [
      [
        [{ ...first, certificate: { ...first.certificate, occupation: '6-31-01-04' } }],
        'certificate.number_taken',
        'certificates[0].certificate.number',
      ],
      [[{ ...first, holder: { ...first.holder, name: '李四' } }], 'certificate.number_taken', 'certificates[0].certificate.number'],
      [
        [{ ...first, certificate: { ...first.certificate, number: `${institution}254000077` } }],
        'certificate.already_issued',
        'certificates[0].certificate.result_id',
      ],
      [[first, first], 'certificate.number_taken', 'certificates[1].certificate.number'],
      [
        [first, { ...second, certificate: { ...second.certificate, resultId: first.certificate.resultId } }],
        'certificate.already_issued',
        'certificates[1].certificate.result_id',
      ],
    ];
    for (const [rows, reason, field] of cases) {
      await expect(send({ certificates: rows })).rejects.toMatchObject({ kind: 'conflict', reason, detail: { field } });
    }
    expect(await total(institution)).toBe(2n);
  });

  it('refuses more than a thousand rows, and rows without certificate', async () => {
    await expect(send({ certificates: existing(newInstitution(), 1001) })).rejects.toMatchObject({
      kind: 'tooMuch',
      reason: 'import.too_many',
      detail: { field: 'certificates' },
    });
    await expect(send({ certificates: [{}] })).rejects.toMatchObject({
      reason: 'certificate.missing',
      detail: { field: 'certificates[0].certificate' },
    });
  });

  it('is refused inside the scope of a fence, also when the fence names certificates', async () => {
    const institution = newInstitution();
    const scope = { institution, certificates: [`${institution}254000002`] };
    await certificate.orders.fence({ orderId: `o ${institution}`, epoch: 1n, scope, standing: false });
    await expect(send({ certificates: existing(institution, 2) })).rejects.toMatchObject({ reason: 'order.held' });
    expect(await send({ certificates: existing(institution, 1) })).toEqual([{ imported: 1, already: 0 }]);
  });

  it('accepts the loader only', async () => {
    await expect(imported(certificate.gateway.importCertificates(messages({})))).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
