// The short Chinese names of services, effects and rows for readers of the ledger.
import { EFFECT_WORDS } from '@hengji/province';
import type { Effect, Service } from '../cascade';
import { isUndo, type Row } from '../ledger';

const SERVICES = {
  approval: '备案',
  exam: '考务',
  certificate: '证书',
  subsidy: '补贴',
  exchange: '交换',
} as const satisfies Record<Service, string>;

const EFFECTS: Readonly<Record<Effect, string>> = EFFECT_WORDS;

export const serviceWord = (service: Service): string => SERVICES[service];

/** The effect of the row: 暂停计划与场次; for an undo row 恢复：暂停计划与场次. */
export const effectWord = (row: Row): string => `${isUndo(row) ? '恢复：' : ''}${EFFECTS[row.target.effect]}`;

/** 第2行（考务：暂停计划与场次）. */
export const rowWord = (row: Row): string => `第${row.number}行（${SERVICES[row.target.service]}：${effectWord(row)}）`;
