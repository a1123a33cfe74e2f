// What can be wrong with an agency, on demand (rules §10.4.1): each fault lasts for so many requests, or until it is
// taken away.

export const AGENCIES = ['ministry', 'police', 'regulator', 'discipline'] as const;
export type AgencyName = (typeof AGENCIES)[number];

export const FAULTS = [
  'slow', // does it, answers after delayMs
  'down', // hears nothing: the connection breaks before anything is done
  'lostAnswer', // does it, then the connection breaks
  'duplicateRow', // answers one row twice
  'wrongRowCount', // answers a row too few
  'partialRejection', // refuses every nth row with `code`, and means it
  'wrongHash', // takes a package in, but its receipt names another hash list
  'forgedReceipt', // takes a package in, but its receipt is not signed by it
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface Fault {
  readonly fault: FaultKind;
  /** Requests that it still hits; null = until taken away. */
  readonly times: number | null;
  readonly delayMs: number;
  /** For partialRejection: every nth row, beginning with the first. */
  readonly every: number;
  readonly code: string;
}

export interface FaultBoard {
  list(): Partial<Record<AgencyName, Fault>>;
  set(agency: AgencyName, fault: Fault): void;
  clear(agency: AgencyName): void;
  /** The fault that hits this request, used up by one. */
  take(agency: AgencyName): Fault | undefined;
}

export const faultBoard = (): FaultBoard => {
  const faults = new Map<AgencyName, Fault>();
  return {
    list: () => Object.fromEntries(faults),
    set: (agency, fault) => {
      if (fault.times === 0) faults.delete(agency);
      else faults.set(agency, fault);
    },
    clear: (agency) => {
      faults.delete(agency);
    },
    take: (agency) => {
      const fault = faults.get(agency);
      if (fault && fault.times !== null) {
        if (fault.times <= 1) faults.delete(agency);
        else faults.set(agency, { ...fault, times: fault.times - 1 });
      }
      return fault;
    },
  };
};
