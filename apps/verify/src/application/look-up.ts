// The one use case: find, decide, answer.
import { levelName, maskName, occupationName, parseCertificateNumber, typedNumber } from '@hengji/province';
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
  /** As the register has it, without what was typed around it. */
  readonly number: string;
  readonly verdict: Verdict;
  /** Nothing about a person: whoever has a number alone learns no name, not even a masked one. */
  readonly facts: Readonly<Record<string, string>>;
  /** Whether the name that was asked for fits the register's masked one (surname and length); absent when none was given. */
  readonly nameMatches?: boolean;
  readonly asOf: Date;
}

/** Refuses `certificate.number_invalid`, naming field and rule. */
export const lookUp =
  ({ table, orders, canary, nameOf, doubts, asOf }: LookUpDeps) =>
  (typed: string, name?: string): LookedUp => {
    const number = typedNumber(typed);
    const { institution } = parseCertificateNumber(number);
    const voiding = canary(number);
    if (voiding) return { number, verdict: { status: 'void', voiding }, facts: { institution }, asOf: asOf() };
    const entry = table.find(number);
    const verdict = decideAnswer(entry, entry ? orders.covering(entry) : [], doubts(institution));
    if (!entry) return { number, verdict, facts: {}, asOf: asOf() };
    const { occupation, level, issuedOn, maskedName } = entry;
    const words = { occupationName: occupationName(occupation) ?? '', levelName: levelName(level) };
    const facts = { institution, institutionName: nameOf(institution), occupation, level, issuedOn, ...words };
    return { number, verdict, facts, asOf: asOf(), ...(name === undefined ? {} : { nameMatches: maskName(name) === maskedName }) };
  };
