// The service that loads years of the working-day calendar, with what it needs.
import { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import { grpcService } from '@hengji/host';
import { CALENDAR_CALLERS } from './grpc/callers';
import { calendarServer } from './grpc/calendar-server';
import { calendarStore } from './store/province-data/calendar-store';
import type { Database } from './store/database';
import { transactions } from './store/transactions';

export const calendarService = ({ db, now }: { readonly db: Database; readonly now: () => Date }) => {
  const calendars = calendarStore(db);
  const server = calendarServer({ calendars, transactions: transactions(db), now });
  return grpcService(CalendarServiceDefinition, server, CALENDAR_CALLERS);
};
