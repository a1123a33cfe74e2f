// The time within which a fine may be opened (处罚时效, 行政处罚法第三十六条): two years from the end of the act, five where life, health or
// finance is concerned. An act that continues has not ended. The measures M1 to M7 are no penalties (rules §0.1, §7.5): no time bars them.
import { dayOf, isDay, Refusal } from '@hengji/domain-kit';
import { endOf, writeAmount, type Limit } from '@hengji/province';
import type { LimitCalendar } from '../../deadlines/deadline';
import { ruleOf } from '../../deadlines/registry';

export interface ActEnd {
  /** YYYY-MM-DD; empty while the act continues. */
  readonly endedOn: string;
  readonly continues: boolean;
  /** Life, health or finance is concerned, with harmful consequences: five years. */
  readonly grave: boolean;
}

interface Moment {
  readonly now: Date;
  readonly calendar: LimitCalendar;
}

const CODE = 'D-PEN-LIMIT';
const RULE = '行政处罚法第三十六条';

const missing = (message: string): Refusal => new Refusal('invalid', 'case.act_end_missing', message, { field: 'act_end', rule: RULE });

/** Noon of the day on which the act ended: the limit is counted from that day. */
export const actEndedAt = ({ endedOn }: ActEnd): Date => new Date(`${endedOn}T12:00:00+08:00`);

const within = ({ grave }: ActEnd, amount: Limit): Limit => ({
  ...amount,
  amount: amount.amount + (grave ? (ruleOf(CODE).extension ?? 0) : 0),
});

/**
 * The end of the act as it is recorded when the fine is opened. Refuses `case.act_end_missing`, and `case.penalty_barred` after the
 * time.
 */
export const actEndOf = (said: ActEnd | null, { now, calendar }: Moment): ActEnd => {
  if (!said || (said.continues ? said.endedOn !== '' : !isDay(said.endedOn)))
    throw missing('应写明违法行为终了之日，或者写明违法行为仍在继续');
  if (said.continues) return said;
  if (said.endedOn > dayOf(now)) throw missing(`违法行为终了之日${said.endedOn}尚未到来；仍在继续的，应写明仍在继续`);
  const from = actEndedAt(said);
  const amount = within(said, calendar.amountOf(CODE, from));
  if (now > endOf(calendar, amount, from).at) {
    const message = `违法行为于${said.endedOn}终了，已超过${writeAmount(amount)}，不再给予行政处罚；停止评价、证书作废等处理措施不是行政处罚，不受此限`;
    throw new Refusal('illegalMove', 'case.penalty_barred', message, { field: 'act_end', rule: RULE });
  }
  return said;
};
