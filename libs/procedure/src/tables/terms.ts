// The words that one procedure (程序) is written in, as types: a service names its own steps, takers, parts, tracks and documents,
// and its own file. Everything else of the library is written once, for any such words.

/** Takes the steps that no person takes: another body's answer, a limit that has passed, a ledger that is done. */
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

/** What the library knows of a file (案卷); the service's own type has more. */
export interface ProcedureFile {
  readonly id: string;
  readonly institution: string;
  /** The authority that is competent for it. */
  readonly authority: string;
  /** Oldest first. Who held which part is read from here, and stored nowhere else. */
  readonly entries: readonly Entry[];
}

/** How a document is delivered: 当面、留置、邮寄、电子、公告. */
export type DeliveryMode = 'IN_PERSON' | 'LEFT' | 'POST' | 'ELECTRONIC' | 'PUBLIC_NOTICE';

/** How and to whom a document was delivered (送达). */
export interface Delivery {
  readonly mode: DeliveryMode;
  readonly receiver: string;
}

/** What somebody asks for who takes a step. */
export interface Asked {
  readonly step: string;
  readonly actor: object;
  readonly byName: string;
  readonly text: string;
  readonly attachmentIds: readonly string[];
  /** With the steps that serve a document; null with all others. */
  readonly service: Delivery | null;
}

/** What a decision looks at beside the file. */
export interface Surroundings {
  readonly now: Date;
}

/** The words of one procedure. A service extends this with its own types. */
export interface Terms {
  readonly file: ProcedureFile;
  readonly step: string;
  /** Who takes steps, for example 'officer' and 'institution'; SYSTEM stands beside them. */
  readonly by: string;
  /** Parts that nobody may hold together in one file. */
  readonly part: string;
  /** Life cycles that run side by side in one file; a procedure with one has one track. */
  readonly track: string;
  readonly document: string;
  /** What the templates of its documents read beside the file, for example an order; `object` where they read nothing. */
  readonly facts: object;
  readonly actor: object;
  readonly asked: Asked;
  readonly around: Surroundings;
}
