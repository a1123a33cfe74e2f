// Issues certificates on results that exam has confirmed before the transaction. The guard inside the transaction finds a fence placed
// since, also one that has ended. The unique index refuses a second request for the same result.
import { dayOf, type Day } from '@hengji/domain-kit';
import { checkActsFor, type Writer } from '@hengji/procedure/tables';
import { type InstitutionCode } from '@hengji/province';
import { type Certificate, certify } from '../domain/certificate';
import { alreadyIssued, type ConfirmedResult, decideIssuable } from '../domain/issue';
import { drawNumbers } from '../domain/series';
import { announced } from './announce';
import type { Ports, SealedCertificate } from './ports';

export interface IssueCertificates {
  readonly actor: Writer;
  /** Checked by `checkResultIds`. */
  readonly resultIds: readonly string[];
  readonly confirmed: readonly ConfirmedResult[];
  /** The time of the call to exam, for the guard. */
  readonly askedAt: Date;
}

/** Draws the numbers of each level, levels in order, so that two requests cannot deadlock on their series. */
const numbered = async <Tx>(ports: Ports<Tx>, tx: Tx, issuable: readonly ConfirmedResult[], today: Day): Promise<SealedCertificate[]> => {
  const rows = new Map<string, SealedCertificate>();
  for (const level of [...new Set(issuable.map(({ result }) => result.level))].sort()) {
    const ofLevel = issuable.filter(({ result }) => result.level === level);
    const institution = (ofLevel[0]?.result.institution ?? '') as InstitutionCode;
    const series = { institution, year: today.slice(2, 4), level };
    const drawn = drawNumbers(series, await ports.counters.lock(tx, series), ofLevel.length);
    await ports.counters.save(tx, series, drawn.last);
    drawn.numbers.forEach((number, i) => {
      const { result, candidate } = ofLevel[i] as ConfirmedResult;
      rows.set(result.resultId, { certificate: certify(result, candidate, number, today), sealedHolder: ports.seal(candidate) });
    });
  }
  return issuable.map(({ result }) => rows.get(result.resultId) as SealedCertificate);
};

/**
 * Issues in the order of the ids, all or none, all in `tx`. Refuses what `decideIssuable` refuses, and certificate.already_issued,
 * certificate.numbers_exhausted, order.held, actor.other_institution.
 */
export const issueCertificates =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, { actor, resultIds, confirmed, askedAt }: IssueCertificates): Promise<Certificate[]> => {
    const issued = await ports.certificates.findIssued(tx, resultIds);
    const again = resultIds.findIndex((id) => issued.has(id));
    if (again >= 0) throw alreadyIssued(`result_ids[${again}]`);
    const today = dayOf(ports.now());
    const { institution, issuable } = decideIssuable(resultIds, confirmed, { today, publicityWorkingDays: ports.publicityWorkingDays });
    checkActsFor(actor, institution);
    await ports.checkGuard(
      tx,
      institution,
      issuable.map(({ result }) => result),
      askedAt,
    );
    const rows = await numbered(ports, tx, issuable, today);
    const added = await ports.certificates.add(tx, rows);
    // Another request was committed since the check: its certificate is valid, ours are rolled back with their numbers.
    const taken = rows.findIndex(({ certificate }) => !added.has(certificate.number));
    if (taken >= 0) throw alreadyIssued(`result_ids[${taken}]`);
    const certificates = rows.map(({ certificate }) => certificate);
    await ports.publish(tx, institution, { $case: 'certificatesIssued', value: { certificates: certificates.map(announced) } });
    return certificates;
  };
