// The gRPC services that change the province's data (years of the working-day calendar, parameters), with their dependencies.
import { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import { ParameterServiceDefinition } from '@hengji/contracts/enforcement/v1/parameter_service';
import { grpcService } from '@hengji/host';
import { CALENDAR_CALLERS, PARAMETER_CALLERS } from './grpc/callers';
import { calendarServer } from './grpc/calendar-server';
import { parameterServer } from './grpc/parameter-server';
import type { Database } from './store/database';
import { calendarStore } from './store/province-data/calendar-store';
import { parameterStore } from './store/province-data/parameter-store';
import { transactions as transactionsOf } from './store/transactions';

export const provinceDataServices = ({ db, now }: { readonly db: Database; readonly now: () => Date }) => {
  const transactions = transactionsOf(db);
  const calendar = calendarServer({ calendars: calendarStore(db), transactions, now });
  const parameters = parameterServer({ parameters: parameterStore(db), transactions, now });
  return [
    grpcService(CalendarServiceDefinition, calendar, CALENDAR_CALLERS),
    grpcService(ParameterServiceDefinition, parameters, PARAMETER_CALLERS),
  ];
};
