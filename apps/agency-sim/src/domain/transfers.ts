// Packages that an agency accepted (移送材料), and its decision on each. The hash list is computed here from the rules, not from our own code.
// A package is accepted only if its content, its items and its list agree.
export interface SentItem {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: string;
}

export interface SentList {
  readonly count: number;
  readonly root: string;
}

export interface SentPackage {
  readonly orderId: string;
  readonly documentNo: string;
  readonly items: readonly SentItem[];
  readonly certificates: SentList;
  readonly persons: SentList;
  readonly packageSha256: string;
}

export interface Decision {
  readonly accepted: boolean;
  readonly decisionNo: string;
  readonly reason: string;
}

export interface ReceivedTransfer {
  readonly orderId: string;
  readonly documentNo: string;
  readonly items: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly packageSha256: string;
  readonly receiptNo: string;
  /** How often it was transferred, each time under another request id: once, if all is well. */
  readonly times: number;
  withdrawn: boolean;
  decision: Decision | null;
}

/** Hex SHA-256. */
export type Digest = (bytes: Uint8Array | string) => string;

/** 00, or 04 when a content does not match its hash or the whole does not match the list. */
export const checkPackage = (sha256: Digest, { items, certificates, persons, packageSha256 }: SentPackage): '00' | '04' => {
  const isWhole = items.every(({ content, bytes, sha256: said }) => {
    const got = Buffer.from(content, 'base64');
    return got.length === bytes && sha256(got) === said;
  });
  const lines = items.map((item) => `${item.sha256} ${item.bytes} ${item.name}\n`).join('');
  const lists = `${certificates.root} ${certificates.count} certificates\n${persons.root} ${persons.count} persons\n`;
  return items.length > 0 && isWhole && sha256(lines + lists) === packageSha256 ? '00' : '04';
};

export interface TransferDesk {
  list(agency: string): ReceivedTransfer[];
  find(agency: string, orderId: string): ReceivedTransfer | undefined;
  take(agency: string, sent: SentPackage, receiptNo: string): void;
  withdraw(agency: string, orderId: string): void;
  /** Stores the decision that the test sets; returns false for an unknown transfer. */
  decide(agency: string, orderId: string, decision: Decision): boolean;
}

/** In memory. Only the admin endpoint makes decisions. */
export const transferDesk = (): TransferDesk => {
  const kept = new Map<string, ReceivedTransfer>();
  const key = (agency: string, orderId: string): string => `${agency} ${orderId}`;
  return {
    list: (agency) => [...kept].filter(([at]) => at.startsWith(`${agency} `)).map(([, transfer]) => transfer),
    find: (agency, orderId) => kept.get(key(agency, orderId)),
    take: (agency, { orderId, documentNo, items, packageSha256 }, receiptNo) => {
      const listed = items.map(({ name, bytes, sha256: hash }) => ({ name, bytes, sha256: hash }));
      const times = (kept.get(key(agency, orderId))?.times ?? 0) + 1;
      const taken = { orderId, documentNo, items: listed, packageSha256, receiptNo, times };
      kept.set(key(agency, orderId), { ...taken, withdrawn: false, decision: null });
    },
    withdraw: (agency, orderId) => {
      const transfer = kept.get(key(agency, orderId));
      if (transfer) transfer.withdrawn = true;
    },
    decide: (agency, orderId, decision) => {
      const transfer = kept.get(key(agency, orderId));
      if (transfer) transfer.decision = decision;
      return transfer !== undefined;
    },
  };
};
