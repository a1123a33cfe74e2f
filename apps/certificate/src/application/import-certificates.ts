// Imports existing certificates with their holders (历史数据), a thousand per message, thousands per second. So every statement works on sets
// of rows. The series continue after the highest imported number.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { byInstitution } from '@hengji/participation';
import { type CertificateNumber, isSameName, namedPerson, type NamedPerson } from '@hengji/province';
import { atMost, firstRepeated } from '../domain/fields';
import { decideImported, type ImportedCertificate, isSameCertificate } from '../domain/imported';
import { alreadyIssued } from '../domain/issue';
import { type Series, seriesOf } from '../domain/series';
import { announced } from './announce';
import type { Ports, SealedCertificate } from './ports';

export interface ImportedRow {
  readonly certificate: ImportedCertificate | undefined;
  readonly holder: NamedPerson | undefined;
}

export interface Imported {
  readonly imported: number;
  readonly already: number;
}

const sealed = <Tx>(ports: Ports<Tx>, row: ImportedRow, field: string): SealedCertificate => {
  if (row.certificate === undefined) {
    throw new Refusal('invalid', 'certificate.missing', '缺少证书', {
      field: `${field}.certificate`,
      rule: 'certificate.v1.ImportedCertificate',
    });
  }
  const holder = namedPerson(row.holder, `${field}.holder`);
  const person = ports.pseudonym(holder.idNumber);
  const known = { holder, person, today: dayOf(ports.now()) };
  return { certificate: decideImported(row.certificate, known, `${field}.certificate`), sealedHolder: ports.seal(holder) };
};

const numberTaken = (field: string): Refusal =>
  new Refusal('conflict', 'certificate.number_taken', '证书编号已被内容不同的证书占用', { field, rule: '人社鉴发〔2019〕2号' });

const refuseRepeated = (rows: readonly SealedCertificate[]): void => {
  const number = firstRepeated(rows.map(({ certificate }) => certificate.number));
  if (number >= 0) throw numberTaken(`certificates[${number}].certificate.number`);
  const result = firstRepeated(rows.map(({ certificate }) => certificate.resultId));
  if (result >= 0) throw alreadyIssued(`certificates[${result}].certificate.result_id`);
};

/** Rows that exist already must be equal in every field; names are compared decrypted. */
const checkAlready = async <Tx>(
  ports: Ports<Tx>,
  tx: Tx,
  rows: readonly SealedCertificate[],
  added: ReadonlySet<string>,
): Promise<void> => {
  const left = rows.filter(({ certificate }) => !added.has(certificate.number));
  if (left.length === 0) return;
  const found = await ports.certificates.find(
    tx,
    left.map(({ certificate }) => certificate.number),
  );
  const stored = new Map(found.map((row) => [row.certificate.number, row]));
  for (const row of left) {
    const other = stored.get(row.certificate.number);
    const field = `certificates[${rows.indexOf(row)}].certificate`;
    if (other === undefined) throw alreadyIssued(`${field}.result_id`);
    const same =
      isSameCertificate(other.certificate, row.certificate) &&
      isSameName(ports.open(other.sealedHolder).name, ports.open(row.sealedHolder).name);
    if (!same) throw numberTaken(`${field}.number`);
  }
};

/** The highest sequence of each series, sorted by series. */
const reachedBy = (numbers: readonly CertificateNumber[]): (Series & { sequence: number })[] => {
  const reached = new Map<string, Series & { sequence: number }>();
  for (const number of numbers) {
    const place = seriesOf(number);
    const key = number.slice(0, 16);
    if ((reached.get(key)?.sequence ?? 0) < place.sequence) reached.set(key, place);
  }
  return [...reached].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
};

/** Imports one message, all in `tx`. Refuses import.too_many, malformed fields, certificate.*, person.*, order.held. */
export const importCertificates =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, message: readonly ImportedRow[]): Promise<Imported> => {
    atMost(message.length, 'certificates', 'import.too_many');
    const rows = message.map((row, i) => sealed(ports, row, `certificates[${i}]`));
    refuseRepeated(rows);
    const groups = byInstitution(rows.map(({ certificate }) => certificate));
    for (const [institution, own] of groups) {
      await ports.checkGuard(
        tx,
        institution,
        own.map((certificate) => ({ ...certificate, certificateNumber: certificate.number })),
      );
    }
    const added = await ports.certificates.add(tx, rows);
    await checkAlready(ports, tx, rows, added);
    await ports.counters.raise(tx, reachedBy(rows.map(({ certificate }) => certificate.number)));
    for (const [institution, own] of groups) {
      const certificates = own.filter(({ number }) => added.has(number)).map(announced);
      if (certificates.length > 0) await ports.publish(tx, institution, { $case: 'certificatesImported', value: { certificates } });
    }
    return { imported: added.size, already: rows.length - added.size };
  };
