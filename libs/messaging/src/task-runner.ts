import type { Log, Part } from '@hengji/host';
import type { SqlDb, SqlTx } from './sql';
import type { TaskKind } from './task';

export interface TaskRunnerOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kinds: Readonly<Record<string, TaskKind<Tx>>>;
  readonly log: Log;
  readonly now?: () => Date;
  /** Chunks at work at the same time. */
  readonly concurrency?: number;
}

/** Works through this service's tasks. */
export const taskRunner = <Tx extends SqlTx>(o: TaskRunnerOptions<Tx>): Part => {
  throw new Error(`not there yet: ${o.service}`);
};
