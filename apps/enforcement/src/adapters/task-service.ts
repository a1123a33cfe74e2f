// The gRPC service of tasks (待办) and reminders (站内消息), served by libs/procedure from enforcement's own tables.
import { TaskServiceDefinition } from '@hengji/contracts/procedure/v1/task_service';
import { grpcService } from '@hengji/host';
import { taskServer } from '@hengji/procedure';
import { TASK_CALLERS } from './grpc/callers';
import type { Database, Tx } from './store/database';

export const taskService = ({ db, now }: { readonly db: Database; readonly now: () => Date }) =>
  grpcService(TaskServiceDefinition, taskServer<Tx>({ service: 'enforcement', db, now }), TASK_CALLERS);
