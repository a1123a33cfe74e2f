// The only use case: find, decide, answer.
import { askedCertificateNumber, fitsMask, levelName, occupationName, parseCertificateNumber } from '@hengji/province';
import type { CertificateTable, Voiding } from '../domain/certificate-table';
import { decideAnswer, type Doubts, type Verdict } from '../domain/public-answer';
import type { VoidOrders } from '../domain/void-orders';

export interface LookUpDeps {
  readonly table: CertificateTable;
  readonly orders: VoidOrders;
  /** When the number is a canary's: its last voiding. */
  readonly canary: (number: string) => Voiding | undefined;
  readonly nameOf: (institution: string) => string;
  readonly doubts: (institution: string) => Doubts;
  readonly asOf: () => Date;
}

export interface LookedUp {
  /** The number as the register stores it, without other typed characters. */
  readonly number: string;
  readonly verdict: Verdict;
  /** No personal data: with a number alone the client gets no name, not even a masked one. */
  readonly facts: Readonly<Record<string, string>>;
  /** Whether the requested name agrees with the register's masked name (surname and length); absent when the request has no name. */
  readonly nameMatches?: boolean;
  readonly asOf: Date;
}

/** Refuses what `askedCertificateNumber` refuses, naming field and rule; the text is in no refusal. */
export const lookUp =
  ({ table, orders, canary, nameOf, doubts, asOf }: LookUpDeps) =>
  (typed: string, name?: string): LookedUp => {
    const number = askedCertificateNumber(typed);
    const { institution } = parseCertificateNumber(number);
    const voiding = canary(number);
    if (voiding) return { number, verdict: { status: 'void', voiding }, facts: { institution }, asOf: asOf() };
    const entry = table.find(number);
    const verdict = decideAnswer(entry, entry ? orders.covering(entry) : [], doubts(institution));
    if (!entry) return { number, verdict, facts: {}, asOf: asOf() };
    const { occupation, level, issuedOn, maskedName } = entry;
    const words = { occupationName: occupationName(occupation) ?? '', levelName: levelName(level) };
    const facts = { institution, institutionName: nameOf(institution), occupation, level, issuedOn, ...words };
    return { number, verdict, facts, asOf: asOf(), ...(name === undefined ? {} : { nameMatches: fitsMask(name, maskedName) }) };
  };
