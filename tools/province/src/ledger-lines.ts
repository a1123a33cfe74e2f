// Prints the ledger of an order: redrawn in place on a terminal, one line per finished row in a log.
import type { OrderJson } from './order';

const SERVICES: Readonly<Record<string, string>> = {
  approval: '备案',
  exam: '考务',
  certificate: '证书',
  subsidy: '补贴',
  exchange: '交换',
};
const STATES: Readonly<Record<string, string>> = { WAITING: '等待', ASKED: '执行中', DONE: '完成', REFUSED: '被拒' };

/** The width in terminal columns: a Chinese character takes two. */
const width = (text: string): number => [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
const right = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text))) + text;

const rowLine = (row: OrderJson['rows'][number]): string => {
  const matched = row.receipt?.matched ?? (row.progressMatched > 0 ? row.progressMatched : undefined);
  const cells = [
    right(String(row.ask?.row ?? ''), 3),
    pad(SERVICES[row.service] ?? row.service, 6),
    pad(row.title, 28),
    right(String(row.preview?.count ?? '-'), 8),
    right(String(matched ?? '-'), 8),
    right(String(row.receipt?.changed ?? '-'), 8),
    right(row.residualAt === undefined ? '-' : String(row.residual), 6),
    pad(row.overdue ? '超时' : (STATES[row.state] ?? row.state), 8),
  ];
  return `  ${cells.join('  ')}`;
};

const HEADER = `  ${[right('#', 3), pad('服务', 6), pad('动作', 28), right('预览', 8), right('命中', 8), right('改变', 8), right('残留', 6), '状态'].join('  ')}`;

export const ledgerLines = (order: OrderJson): string[] => [HEADER, ...order.rows.map(rowLine)];

export interface LiveTable {
  show(order: OrderJson): void;
  close(order: OrderJson): void;
}

export const liveTable = (isLive: boolean, say: (line: string) => void): LiveTable => {
  if (!isLive) return { show: () => undefined, close: (order) => ledgerLines(order).forEach(say) };
  let drawn = 0;
  const draw = (order: OrderJson): void => {
    const lines = ledgerLines(order);
    // Moves the cursor to the first line of the previous table and overwrites it line by line.
    if (drawn > 0) process.stdout.write(`\u001b[${drawn}A`);
    for (const line of lines) process.stdout.write(`\u001b[2K${line}\n`);
    drawn = lines.length;
  };
  return { show: draw, close: draw };
};
