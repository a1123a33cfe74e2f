// The days that a plan or a session may have now.
import { dayOf } from '@hengji/domain-kit';
import type { Foreseeable } from '@hengji/province';
import type { Ports } from './ports';

export const plannable = <Tx>({ now, plannedWithinDays }: Pick<Ports<Tx>, 'now' | 'plannedWithinDays'>): Foreseeable => ({
  today: dayOf(now()),
  withinDays: plannedWithinDays,
});
