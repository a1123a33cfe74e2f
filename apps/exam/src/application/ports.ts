// The interfaces that the use cases need; the adapters implement them. `Tx` is the open transaction. The adapter that calls the use case
// opens it, and no remote call is made inside it.
import type { Body } from '@hengji/contracts';
import type { ExamEvent } from '@hengji/contracts/exam/v1/exam_events';
import type { NamedPerson } from '@hengji/province';
import type { Plan, Session } from '../domain/plan';
import type { Result, Sitting } from '../domain/result';

/** A result with its candidate sealed: the stored row. */
export interface SealedResult {
  readonly result: Result & { readonly certificateNumber?: string | null };
  readonly sealedCandidate: string;
}

export interface PlanStore<Tx> {
  add(tx: Tx, plan: Plan): Promise<void>;
  /** Refuses `plan.unknown`. Locks the row against an order that stops the plan. */
  get(tx: Tx, planId: string): Promise<Plan>;
  /** The existing plans, by id. */
  find(tx: Tx, planIds: readonly string[]): Promise<Map<string, Plan>>;
  addSession(tx: Tx, session: Session): Promise<void>;
  /** Refuses `session.unknown`. Locks the plan's row against an order that stops it. */
  getSitting(tx: Tx, sessionId: string): Promise<Sitting>;
  /** The existing sessions, by session id. */
  findSittings(tx: Tx, sessionIds: readonly string[]): Promise<Map<string, Sitting>>;
  /** Adds the plans whose id is new; returns the added ids. */
  importPlans(tx: Tx, plans: readonly Plan[]): Promise<Set<string>>;
  importSessions(tx: Tx, sessions: readonly Session[]): Promise<Set<string>>;
}

export interface ResultStore<Tx> {
  /** Adds the results whose id, and whose person in the session, are new; returns the added ids. One statement for the set. */
  add(tx: Tx, rows: readonly SealedResult[]): Promise<Set<string>>;
  /** The existing results, with their sealed candidates. */
  find(tx: Tx, resultIds: readonly string[]): Promise<SealedResult[]>;
  /** The session's results in state RECORDED, in id order; locks them. */
  lockRecorded(tx: Tx, sessionId: string): Promise<Result[]>;
  /** Sets state and day of 公示 for all the ids. */
  publish(tx: Tx, resultIds: readonly string[], told: Pick<Result, 'state' | 'publishedOn'>): Promise<void>;
}

/** The attributes of a record that the scope of an order can name. */
export interface GuardedRecord {
  readonly planId?: string;
  readonly sessionId?: string;
  readonly occupation?: string;
  readonly level?: string;
  readonly person?: string;
  readonly examDate?: string;
  readonly certificateNumber?: string | null;
}

export interface Ports<Tx> {
  readonly plans: PlanStore<Tx>;
  readonly results: ResultStore<Tx>;
  /** Refuses `order.held` while an order's fence or hold covers one of the records; no fence can be placed before the commit. */
  readonly checkGuard: (tx: Tx, institution: string, records: readonly GuardedRecord[], askedAt?: Date) => Promise<void>;
  /** For each record, the orders that hold it now. */
  readonly heldBy: (tx: Tx, institution: string, records: readonly GuardedRecord[]) => Promise<readonly (readonly string[])[]>;
  readonly publish: (tx: Tx, institution: string, body: Body<ExamEvent>) => Promise<void>;
  /** Seals ID number and name as one text, and opens it again. */
  readonly seal: (candidate: NamedPerson) => string;
  readonly open: (sealed: string) => NamedPerson;
  readonly pseudonym: (idNumber: string) => string;
  readonly newId: () => string;
  readonly now: () => Date;
  /** A planned day is at most so many days after today. */
  readonly plannedWithinDays: number;
}
