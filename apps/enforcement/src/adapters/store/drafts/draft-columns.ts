// The columns of an order that its draft decides: whose it is, its content, and its scope (also of a lifting).
import type { Order } from '../../../domain/order';
import type { OccupationLevel, Scope } from '../../../domain/scope';
import type { Order as Stored } from '../../../generated/client';

const levelText = ({ occupation, level }: OccupationLevel): string => `${occupation}/${level}`;
const levelOf = (text: string): OccupationLevel => ({ occupation: text.slice(0, -2), level: text.slice(-1) });
type StoredScope = Pick<
  Stored,
  'institution' | 'plans' | 'sessions' | 'occupationLevels' | 'persons' | 'certificates' | 'fromDay' | 'untilDay'
>;

export const scopeOf = (s: StoredScope): Scope => ({
  institution: s.institution,
  plans: s.plans,
  sessions: s.sessions,
  occupationLevels: s.occupationLevels.map(levelOf),
  persons: s.persons,
  certificates: s.certificates,
  from: s.fromDay,
  until: s.untilDay,
});

export const scopeColumns = (scope: Scope) => ({
  plans: [...scope.plans],
  sessions: [...scope.sessions],
  occupationLevels: scope.occupationLevels.map(levelText),
  persons: [...scope.persons],
  certificates: [...scope.certificates],
  fromDay: scope.from,
  untilDay: scope.until,
});

/** Columns that never change. */
export const placeColumns = (order: Order) => ({
  id: order.id,
  institution: order.scope.institution,
  institutionName: order.institutionName,
  authority: order.filedWith,
  handledBy: order.authority === order.filedWith ? '' : order.authority,
  caseId: order.caseId === '' ? null : order.caseId,
  draftedBy: order.draftedBy,
  draftedAt: order.draftedAt,
  replacesDraft: order.replacesDraft,
});

/** Columns that change with a new version of the draft, and never after the signature. */
export const contentColumns = ({ scope, ...order }: Order) => ({
  title: order.title,
  revision: order.revision,
  editedBy: [...order.editedBy],
  ...scopeColumns(scope),
  supersedes: order.supersedes,
  measures: [...order.measures],
  grounds: [...order.grounds],
  reason: order.reason,
  interim: order.interim,
  urgency: order.urgency,
  endCondition: order.endCondition,
  rectifyBy: order.rectifyBy,
});
