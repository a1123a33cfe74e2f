// Rows of the route table for the working-day calendar. Everyone may read the days by which limits are counted; two operators load a year.
import { CalendarYear } from '@hengji/contracts/enforcement/v1/calendar';
import { listOf, messageOf } from '../answers';
import { EVERYONE, OPERATORS } from '../role-lists';
import { route } from '../route';
import * as calendar from './handlers';
import { CONFIRMATION, PROPOSAL } from './shapes';

const acts = { method: 'post', roles: OPERATORS, territory: 'none', answers: messageOf(CalendarYear) } as const;

export const CALENDAR_ROUTES = [
  route({
    ...{ method: 'get', path: '/calendar', roles: EVERYONE, territory: 'none', summary: '工作日历各年度及其版本' },
    answers: listOf(CalendarYear),
    handle: calendar.listYears,
  }),
  route({
    ...{ ...acts, path: '/calendar', status: 201, summary: '提议一个年度的放假和调休安排' },
    body: PROPOSAL,
    handle: calendar.proposeYear,
  }),
  route({
    ...{ ...acts, path: '/calendar/confirm', summary: '由第二人确认年度安排,暂定期限重新计算' },
    body: CONFIRMATION,
    handle: calendar.confirmYear,
  }),
];
