// The tables of one procedure: what a service hands to the library. Steps, life cycles, who takes a step and which parts exclude
// each other are data; what only this procedure knows is a plain function that refuses, or that says what moves.
import type { Lifecycle } from '@hengji/domain-kit';
import type { Entry, SYSTEM, Terms } from './terms';

/** What makes of a step work that waits (待办), where `true` does not say it all. */
export interface TaskRule<T extends Terms> {
  /** Who has to act, where the row names nobody: the signature of an order takes the step. */
  readonly by?: T['by'];
  /** What is to be done; the title of the step without it. */
  readonly title?: string;
  /** Holds beside the life cycle; asked at each step and when a limit of the file has passed. */
  readonly when?: (file: T['file'], around: T['around']) => boolean;
}

export type StepOf<T extends Terms> = Extract<T['step'], string>;

/** One row of the table of steps. */
export interface StepRule<T extends Terms> {
  readonly title: string;
  readonly track: T['track'];
  readonly by: T['by'] | typeof SYSTEM;
  /** Who takes the step has held this part, for good. */
  readonly part?: T['part'];
  readonly needsText: boolean;
  /** The document that the step makes. */
  readonly issues?: T['document'];
  /** Serves the last document of this kind in the record; needs mode and receiver. */
  readonly serves?: T['document'];
  /** Codes of limits (期限) that the step starts. */
  readonly starts?: readonly string[];
  /** Those that it starts only when it is taken from that state of its track. */
  readonly startsFrom?: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly meets?: readonly string[];
  /** Limits that end with the step because what they waited for will not come. */
  readonly cancels?: readonly string[];
  /** The same, when it is taken from that state of its track. */
  readonly cancelsFrom?: Readonly<Partial<Record<string, readonly string[]>>>;
  /** It moves the procedure forward: while the life cycle knows it, it waits as a task (待办) for who takes it. */
  readonly task?: true | TaskRule<T>;
  /** A fact that comes from outside is recorded while the procedure is suspended too; a decision is not taken. */
  readonly whileSuspended: boolean;
  /** Whether the other side may read it in its file; opinions inside the authority it may not. */
  readonly shownToParty: boolean;
}

export type StepTable<T extends Terms> = { readonly [S in StepOf<T>]: StepRule<T> };

/** One life cycle of the file. */
export interface TrackRule<T extends Terms, State extends string = string> {
  readonly stateOf: (file: T['file']) => State;
  /** State × step → state; an absent cell is a refusal. */
  readonly moves: Lifecycle<State, StepOf<T>>;
  /** What of the file is another when the track is in this state. */
  moved(state: State): Partial<T['file']>;
  /** What the table cannot say about its steps. Refuses. */
  readonly check?: (file: T['file'], step: StepOf<T>, rule: StepRule<T>) => void;
  /** True while the step is only recorded and moves nothing yet: the first of two reports. */
  readonly isHeldBack?: (file: T['file'], step: StepOf<T>, person: string) => boolean;
}

/** Who takes steps. */
export interface TakerRule<T extends Terms> {
  /** For the refusal, for example 主管部门经办人员. */
  readonly title: string;
  /** Whether the person is one of them at all. */
  readonly isOne: (actor: T['actor']) => boolean;
  /** Whether this file is theirs to work on: their territory, their institution. */
  readonly isOwn: (actor: T['actor'], file: Pick<T['file'], 'authority' | 'institution'>) => boolean;
}

/** A step that somebody means to take, where it would be taken. */
export interface At<T extends Terms> {
  readonly file: T['file'];
  readonly step: StepOf<T>;
  readonly actor: T['actor'];
  /** The id of the person. */
  readonly person: string;
  readonly around: T['around'];
}

/** What the refusals of the library say of this procedure. */
export interface Wording<T extends Terms> {
  /** Prefix of its reason codes, for example `case`: they are `case.role_forbidden`, `case.same_person` and so on. */
  readonly noun: string;
  /** 本案, 本申请. */
  readonly called: string;
  /** Said to who is not competent. */
  readonly outOfTerritory: string;
  /** Said while it is suspended. */
  readonly suspended: string;
  /** The names of the parts, in the order in which they are said. */
  readonly parts: { readonly [P in T['part']]: string };
  /** What demands it: who takes steps, that they have words, that service is recorded. */
  readonly basis: { readonly who: string; readonly text: string; readonly service: string };
}

export interface Procedure<T extends Terms> {
  readonly wording: Wording<T>;
  readonly steps: StepTable<T>;
  readonly tracks: { readonly [K in T['track']]: TrackRule<T> };
  readonly takers: { readonly [B in T['by']]: TakerRule<T> };
  readonly personOf: (actor: T['actor']) => string;
  readonly isSuspended: (file: T['file']) => boolean;
  /** What only this procedure knows of the standing of a step: waiting times, gates, what must be there first. Each refuses. */
  readonly checks: readonly ((at: At<T>) => void)[];
  /** What must be attached to a step. Refuses. */
  readonly attached: { readonly [S in StepOf<T>]?: (file: T['file'], attachmentIds: readonly string[]) => void };
  /** Needs beside text, attachments and service, as words for the form. */
  readonly alsoNeeds?: (at: At<T>) => readonly string[];
  /** Further columns of the entry, for example the draft that the step is about. Refuses. */
  readonly entryOf?: (at: At<T>, asked: T['asked']) => Partial<T['file']['entries'][number]>;
  /** What those columns are where nothing is said of them. */
  readonly entryDefaults?: Partial<T['file']['entries'][number]>;
  /** What a step changes beside the state of its track. */
  readonly decisions: { readonly [S in StepOf<T>]?: (file: T['file'], asked: T['asked'], around: T['around']) => Partial<T['file']> };
}

/** An entry before it has its number and its documents. */
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
