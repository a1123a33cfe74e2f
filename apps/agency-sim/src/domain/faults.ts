// The faults of an agency, on demand (rules §10.4.1): each fault lasts for a number of requests, or until it is removed.

export const AGENCIES = ['ministry', 'police', 'regulator', 'discipline'] as const;
export type AgencyName = (typeof AGENCIES)[number];

export const FAULTS = [
  'slow', // does the work, answers after delayMs
  'down', // the connection breaks before any work
  'lostAnswer', // does the work, then the connection breaks
  'duplicateRow', // answers one row twice
  'wrongRowCount', // answers one row too few
  'partialRejection', // refuses every nth row with `code` and does not do it
  'wrongHash', // accepts a package, but its receipt names another hash list
  'forgedReceipt', // accepts a package, but the agency did not sign its receipt
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface Fault {
  readonly fault: FaultKind;
  /** Requests that the fault still affects; null = until removed. */
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
  /** The fault for this request; reduces `times` by one. */
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
