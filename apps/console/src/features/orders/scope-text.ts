import { levelName, occupationLabel } from '@hengji/province';
import type { OrderJson } from '../../api';

/** A scope in words, as short as possible. */
export const scopeText = (scope: OrderJson['scope']): string => {
  if (scope === undefined) return '';
  const parts = [
    scope.plans.length > 0 ? `计划 ${scope.plans.join('、')}` : '',
    scope.sessions.length > 0 ? `场次 ${scope.sessions.join('、')}` : '',
    scope.occupationLevels.length > 0
      ? scope.occupationLevels.map((one) => `${occupationLabel(one.occupation)} ${levelName(one.level)}`).join('、')
      : '',
    scope.persons.length > 0 ? `${scope.persons.length} 人` : '',
    scope.certificates.length > 0 ? `${scope.certificates.length} 本证书` : '',
    scope.from !== '' || scope.until !== '' ? `考试日期 ${scope.from || '…'} 至 ${scope.until || '…'}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '机构全部' : parts.join('；');
};
