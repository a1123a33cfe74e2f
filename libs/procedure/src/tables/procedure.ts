// The tables of one procedure, which a service passes to the library. Steps, life cycles, takers and exclusive parts are data. Rules that
// only this procedure has are plain functions that refuse, or that return what changes.
import type { Lifecycle } from '@hengji/domain-kit';
import type { Entry, SYSTEM, Terms } from './terms';

/** Describes the task (待办) of a step, where `true` is not enough. */
export interface TaskRule<T extends Terms> {
  /** Who has to act, if the row names nobody: the signature of an order takes the step. */
  readonly by?: T['by'];
  /** What is to be done; the title of the step by default. */
  readonly title?: string;
  /** The authority whose officers have to act, if it is not that of the file. */
  readonly authority?: string;
  /** A condition in addition to the life cycle; evaluated at each step and when a limit of the file has passed. */
  readonly when?: (file: T['file'], around: T['around']) => boolean;
}

export type StepOf<T extends Terms> = Extract<T['step'], string>;

/** One row of the table of steps. */
export interface StepRule<T extends Terms> {
  readonly title: string;
  readonly track: T['track'];
  readonly by: T['by'] | typeof SYSTEM;
  /** Who may enter the step for its taker, from a paper (代录); such a step also states the particular PAPER. */
  readonly enteredBy?: T['by'];
  /** The person who takes the step has this part permanently. */
  readonly part?: T['part'];
  readonly needsText: boolean;
  /** The fewest characters of the text; 1 by default. */
  readonly leastText?: number;
  /** The step needs at least one attachment of these kinds of evidence (证据种类). */
  readonly evidence?: readonly string[];
  /** What the step states beside its text; `Procedure.particulars` checks it. */
  readonly particulars?: readonly T['particular'][];
  /** The document that the step creates. */
  readonly issues?: T['document'];
  /** Serves the last document of this kind in the record; needs the facts and the proof of the service (`DELIVERY_RULES`). */
  readonly serves?: T['document'];
  /** Codes of limits (期限) that the step starts. */
  readonly starts?: readonly string[];
  /** Limits that the step starts only when it is taken from that state of its track. */
  readonly startsFrom?: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly meets?: readonly string[];
  /** Limits that the step cancels because the event that they waited for will not occur. */
  readonly cancels?: readonly string[];
  /** The same, when the step is taken from that state of its track. */
  readonly cancelsFrom?: Readonly<Partial<Record<string, readonly string[]>>>;
  /** The step moves the procedure forward: while the life cycle allows it, it is a task (待办) for its takers. */
  readonly task?: true | TaskRule<T>;
  /** True for a fact from outside, which is recorded even while the procedure is suspended; decisions are not taken then. */
  readonly whileSuspended: boolean;
  /** Whether the other party may read it in its file; internal opinions of the authority are hidden. */
  readonly shownToParty: boolean;
}

export type StepTable<T extends Terms> = { readonly [S in StepOf<T>]: StepRule<T> };

/** One life cycle of the file. */
export interface TrackRule<T extends Terms, State extends string = string> {
  readonly stateOf: (file: T['file']) => State;
  /** State × step → state; an absent cell means a refusal. */
  readonly moves: Lifecycle<State, StepOf<T>>;
  /** The fields of the file that change when the track enters this state. */
  moved(state: State): Partial<T['file']>;
  /** Rules about its steps that the table cannot express. Refuses. */
  readonly check?: (file: T['file'], step: StepOf<T>, rule: StepRule<T>) => void;
  /** True if the step is only recorded and changes no state yet: the first of two reports. */
  readonly isHeldBack?: (file: T['file'], step: StepOf<T>, person: string) => boolean;
}

/** Who takes steps. */
export interface TakerRule<T extends Terms> {
  /** For the refusal, for example 主管部门经办人员. */
  readonly title: string;
  /** Whether the person is one of these takers at all. */
  readonly isOne: (actor: T['actor']) => boolean;
  /** Whether the person may work on this file: by territory or institution. */
  readonly isOwn: (actor: T['actor'], file: Pick<T['file'], 'authority' | 'institution'>) => boolean;
}

/** A step that a person wants to take, with the file that it applies to. */
export interface At<T extends Terms> {
  readonly file: T['file'];
  readonly step: StepOf<T>;
  readonly actor: T['actor'];
  /** The id of the person. */
  readonly person: string;
  readonly around: T['around'];
}

/** The wording of the library's refusals for this procedure. */
export interface Wording<T extends Terms> {
  /** Prefix of its reason codes, for example `case`: `case.role_forbidden`, `case.same_person` and so on. */
  readonly noun: string;
  /** 本案, 本申请. */
  readonly called: string;
  /** Message for a person without jurisdiction; a function where it says how that person becomes competent. */
  readonly outOfTerritory: string | ((actor: T['actor'], file: Pick<T['file'], 'authority' | 'institution'>) => string);
  /** Message while it is suspended. */
  readonly suspended: string;
  /** The names of the parts, in the order in which messages list them. */
  readonly parts: { readonly [P in T['part']]: string };
  /** The legal basis for takers, for the required text, and for the record of service. */
  readonly basis: { readonly who: string; readonly text: string; readonly service: string; readonly evidence?: string };
}

export interface Procedure<T extends Terms> {
  readonly wording: Wording<T>;
  readonly steps: StepTable<T>;
  readonly tracks: { readonly [K in T['track']]: TrackRule<T> };
  readonly takers: { readonly [B in T['by']]: TakerRule<T> };
  readonly personOf: (actor: T['actor']) => string;
  readonly isSuspended: (file: T['file']) => boolean;
  /** Conditions of a step that only this procedure has: waiting times, gates, required earlier steps. Each refuses. */
  readonly checks: readonly ((at: At<T>) => void)[];
  /** The attachments that a step requires. Refuses. */
  readonly attached: { readonly [S in StepOf<T>]?: (file: T['file'], attachmentIds: readonly string[]) => void };
  /** Checks each particular that a row of the table of steps names. Each refuses. */
  readonly particulars?: { readonly [P in T['particular']]?: (at: At<T>, asked: T['asked']) => void };
  /** Needs besides text, attachments, particulars and service, as names for the form. */
  readonly alsoNeeds?: (at: At<T>) => readonly string[];
  /** Further columns of the entry, for example the draft that the step is about. Refuses. */
  readonly entryOf?: (at: At<T>, asked: T['asked']) => Partial<T['file']['entries'][number]>;
  /** The default values of those columns. */
  readonly entryDefaults?: Partial<T['file']['entries'][number]>;
  /** What a step changes in addition to the state of its track. */
  readonly decisions: { readonly [S in StepOf<T>]?: (file: T['file'], asked: T['asked'], around: T['around']) => Partial<T['file']> };
}

/** An entry before its number and its documents are assigned. */
export type NewEntry<E extends Entry> = Omit<E, 'number' | 'documentIds'>;

/** The file with one more entry in its record. */
export const withEntry = <F extends { readonly entries: readonly Entry[] }>(file: F, entry: NewEntry<F['entries'][number]>): F => ({
  ...file,
  entries: [...file.entries, { ...entry, number: file.entries.length + 1, documentIds: [] }],
});

/** The file whose last step issued this document. */
export const withDocument = <F extends { readonly entries: readonly Entry[] }>(file: F, documentId: string): F => {
  const last = file.entries.at(-1);
  if (!last) return file;
  return { ...file, entries: [...file.entries.slice(0, -1), { ...last, documentIds: [...last.documentIds, documentId] }] };
};
