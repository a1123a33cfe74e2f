// Every certificate of the province in memory (省级集中, N3.7c): about sixty bytes each. The table stores the content of certificate.v1 for each, and enough
// of its origin (plan, session, person, exam date) to decide whether an order's scope covers it.
import { bytes, doubles, hexes, shorts, words } from './columns';
import { dictionary } from './dictionary';
import { packNumber, levelOf, unpackNumber } from './packed-number';
import { slots } from './slots';

export interface IssuedCertificate {
  readonly number: string;
  readonly occupation: string;
  /** YYYY-MM-DD. */
  readonly issuedOn: string;
  readonly maskedName: string;
  readonly planId: string;
  readonly sessionId: string;
  readonly person: string;
  readonly examDate: string;
}

/** A voiding from certificate.v1, shared by the thousand certificates of its event. */
export interface Voiding {
  readonly orderId: string;
  readonly documentNo: string;
  readonly since: Date;
}

export interface CertificateEntry extends IssuedCertificate {
  readonly institution: string;
  readonly level: string;
  /** When the certificate's event happened (issued or imported), in ms. */
  readonly issuedAt: number;
  /** Undefined while no event has voided it, or after it was reinstated. */
  readonly voiding: Voiding | undefined;
  /** False for a number of which only the voiding arrived. */
  readonly known: boolean;
}

const DAY_MS = 86_400_000;
const dayNumber = (day: string): number => Math.max(0, Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS) || 0);
const dayText = (number: number): string => (number === 0 ? '' : new Date(number * DAY_MS).toISOString().slice(0, 10));

export interface CertificateTable {
  /** Adds it; a known number keeps its state and gets the new values of the other facts. Refuses `certificate.number_invalid`. */
  put(certificate: IssuedCertificate, issuedAt: number): void;
  /** Returns false when the number is unknown. */
  void(number: string, voiding: Voiding): boolean;
  reinstate(number: string): boolean;
  /** Deletes everything of the institution. */
  forget(institution: string): void;
  /** Undefined for a number without an entry. Refuses `certificate.number_invalid`. */
  find(number: string): CertificateEntry | undefined;
  size(): number;
}

/** The facts of the rows, column by column. */
const factColumns = () => {
  const [occupations, names, plans, sessions] = [dictionary(), dictionary(), dictionary(), dictionary()];
  const [name, plan, session] = [words(), words(), words()];
  const [occupation, issuedOn, examDate, known] = [shorts(), shorts(), shorts(), bytes()];
  const [issuedAt, person] = [doubles(), hexes(16)];
  return {
    set: (row: number, certificate: IssuedCertificate, at: number): void => {
      known.set(row, 1);
      occupation.set(row, occupations.idOf(certificate.occupation));
      name.set(row, names.idOf(certificate.maskedName));
      plan.set(row, plans.idOf(certificate.planId));
      session.set(row, sessions.idOf(certificate.sessionId));
      person.set(row, certificate.person);
      issuedOn.set(row, dayNumber(certificate.issuedOn));
      examDate.set(row, dayNumber(certificate.examDate));
      issuedAt.set(row, at);
    },
    known: (row: number): boolean => known.get(row) === 1,
    forget: (row: number): void => known.set(row, 0),
    get: (row: number) => ({
      occupation: occupations.textOf(occupation.get(row)),
      issuedOn: dayText(issuedOn.get(row)),
      examDate: dayText(examDate.get(row)),
      maskedName: names.textOf(name.get(row)),
      planId: plans.textOf(plan.get(row)),
      sessionId: sessions.textOf(session.get(row)),
      person: person.get(row),
      issuedAt: issuedAt.get(row),
      known: known.get(row) === 1,
    }),
  };
};

// An event voids a thousand certificates with one voiding, and an order consists of a thousand such events: each voiding is stored once.
const voidingList = () => {
  const voidings: (Voiding | undefined)[] = [undefined];
  let last: { voiding: Voiding; id: number } | undefined;
  return {
    idOf: (voiding: Voiding): number => {
      if (last?.voiding.orderId === voiding.orderId && last.voiding.since.getTime() === voiding.since.getTime()) return last.id;
      last = { voiding, id: voidings.push(voiding) - 1 };
      return last.id;
    },
    get: (id: number): Voiding | undefined => voidings[id],
  };
};

export const certificateTable = (): CertificateTable => {
  const institutions = dictionary();
  const [institution, suffix, voidedBy] = [words(), words(), words()];
  const [facts, voidings] = [factColumns(), voidingList()];
  const index = slots({ institution: institution.get, suffix: suffix.get });
  let rows = 0;

  const rowOf = (number: string): number => {
    const parts = packNumber(number);
    const code = institutions.find(parts.institution);
    return code === undefined ? -1 : index.find(code, parts.suffix);
  };

  const addRow = (number: string): number => {
    const parts = packNumber(number);
    const code = institutions.idOf(parts.institution);
    const found = index.find(code, parts.suffix);
    if (found >= 0) return found;
    const row = rows;
    rows += 1;
    institution.set(row, code);
    suffix.set(row, parts.suffix);
    index.add(code, parts.suffix, row);
    return row;
  };

  return {
    put: (certificate, at) => facts.set(addRow(certificate.number), certificate, at),
    // A voiding arrives before its certificate only when an event was lost; the voiding must not be lost as well.
    void: (number, voiding) => {
      const row = addRow(number);
      voidedBy.set(row, voidings.idOf(voiding));
      return facts.known(row);
    },
    reinstate: (number) => {
      const row = rowOf(number);
      if (row >= 0) voidedBy.set(row, 0);
      return row >= 0;
    },
    forget: (code) => {
      const own = institutions.find(code);
      if (own === undefined) return;
      for (let row = 0; row < rows; row += 1) {
        if (institution.get(row) !== own) continue;
        facts.forget(row);
        voidedBy.set(row, 0);
      }
    },
    find: (number) => {
      const row = rowOf(number);
      if (row < 0 || (!facts.known(row) && voidedBy.get(row) === 0)) return undefined;
      const code = institutions.textOf(institution.get(row));
      const packed = suffix.get(row);
      const own = { number: unpackNumber(code, packed), institution: code, level: levelOf(packed) };
      return { ...own, ...facts.get(row), voiding: voidings.get(voidedBy.get(row)) };
    },
    size: () => rows,
  };
};
