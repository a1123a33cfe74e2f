// The names that one procedure (程序) uses, as types: a service defines its own steps, takers, parts, tracks and documents, and its own file.
// The rest of the library is generic over these types.

/** The taker of steps that no person takes: another authority's answer, a passed limit, a finished ledger. */
export const SYSTEM = 'system';

/** One step that was taken (办理记录); never changed. `by` is the id of a person, or SYSTEM. */
export interface Entry<Step extends string = string> {
  /** From 1, in the order in which they were taken. */
  readonly number: number;
  readonly step: Step;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
  readonly text: string;
  readonly documentIds: readonly string[];
  readonly attachmentIds: readonly string[];
}

/** What the library requires of a file (案卷); the service's own type has more fields. */
export interface ProcedureFile {
  readonly id: string;
  readonly institution: string;
  /** The authority that is competent for it. */
  readonly authority: string;
  /** Oldest first. Who had which part is read from here, and stored nowhere else. */
  readonly entries: readonly Entry[];
}

/** How a document is delivered: 当面、留置、邮寄、电子、公告. */
export type DeliveryMode = 'IN_PERSON' | 'LEFT' | 'POST' | 'ELECTRONIC' | 'PUBLIC_NOTICE';

/** In which capacity a person took the document for the party (签收人身份). */
export type Capacity = 'LEGAL_REPRESENTATIVE' | 'PERSON_IN_CHARGE' | 'AUTHORISED_RECEIVER' | 'RECEIVING_STAFF';

/** How, when and to whom a document was delivered (送达), and the proof. The mode decides which fields it needs: `DELIVERY_RULES`. */
export interface Delivery {
  readonly mode: DeliveryMode;
  /** Name of the person who took the document, or refused to take it; may be empty for a public notice. */
  readonly receiver: string;
  /** When it was handed over, left, signed for, received or published; an invalid Date if the request names no time. */
  readonly at: Date;
  readonly capacity: Capacity | null;
  /** Names of the officers who delivered it. */
  readonly servers: readonly string[];
  /** 执法证号 of each of them, in the same order. */
  readonly credentials: readonly string[];
  readonly witness: string;
  /** Number of the registered mail (邮件号). */
  readonly postNumber: string;
  /** Where a public notice was published, and why no other mode was possible. */
  readonly publishedIn: string;
  readonly reason: string;
  /** The proof: attachments of the file. */
  readonly attachmentIds: readonly string[];
}

/** The request of a person who takes a step. */
export interface Asked {
  readonly step: string;
  readonly actor: object;
  readonly byName: string;
  readonly text: string;
  readonly attachmentIds: readonly string[];
  /** For steps that serve a document; null for all others. */
  readonly service: Delivery | null;
}

/** The data that a decision needs in addition to the file. */
export interface Surroundings {
  readonly now: Date;
  /** The attachments of the file, where a step asks for their kind or type. */
  readonly attachments?: readonly AttachmentOfFile[];
}

/** The facts of an attachment that steps ask for. */
export interface AttachmentOfFile {
  readonly id: string;
  /** Kind of evidence (证据种类), of the service's own table. */
  readonly kind: string;
  readonly mediaType: string;
  readonly addedAt: Date;
}

/** The names of one procedure. A service extends this with its own types. */
export interface Terms {
  readonly file: ProcedureFile;
  readonly step: string;
  /** Who takes steps, for example 'officer' and 'institution'; SYSTEM exists in addition. */
  readonly by: string;
  /** Parts that exclude each other in one file. */
  readonly part: string;
  /** Life cycles that run in parallel in one file; a procedure with one life cycle has one track. */
  readonly track: string;
  readonly document: string;
  /** What a step states beside its text (步骤要素), for example the number of a credential. */
  readonly particular: string;
  /** What the templates of its documents read in addition to the file, for example an order; `object` if they read nothing else. */
  readonly facts: object;
  readonly actor: object;
  readonly asked: Asked;
  readonly around: Surroundings;
}
