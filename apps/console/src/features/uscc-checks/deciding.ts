// Who may decide a proposed check of a code, for the buttons of its row; approval decides it again.
import { PROVINCE } from '@hengji/province';
import type { UsccCheckJson } from '../../api';

interface Officer {
  readonly officerId: string;
  readonly authority: string;
}

/** Undefined where the person may decide it; else why not, in words, or '' where it is decided. */
export const decidedByOther = ({ state, proposed, authority }: Pick<UsccCheckJson, 'state' | 'proposed' | 'authority'>, me: Officer) => {
  if (state !== 'PROPOSED') return '';
  if (proposed?.officerId === me.officerId) return '待另一人确认';
  return authority === me.authority ? undefined : `由${authority === PROVINCE ? '省' : '备案地'}主管部门确认`;
};
