// The demo's people. Names are made up; each shows one role and its border: two officers because who drafts may not
// sign, two cities because one must not reach into the other.
import type { Role } from '../../../domain/access';

export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly authority: string;
  readonly institution: string;
  /** What to try with it, for the list that is shown at start. */
  readonly about: string;
}

export const demoAccounts = (institution: string): readonly DemoAccount[] => [
  { login: 'province-a', name: '赵安(演示)', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '', about: '省级经办人员甲:起草' },
  { login: 'province-b', name: '钱博文(演示)', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '', about: '省级经办人员乙:签发' },
  { login: 'shenyang-a', name: '孙诚(演示)', role: 'CITY_OFFICER', authority: '2101', institution: '', about: '沈阳市经办人员甲' },
  { login: 'shenyang-b', name: '李嘉凯(演示)', role: 'CITY_OFFICER', authority: '2101', institution: '', about: '沈阳市经办人员乙' },
  { login: 'dalian-a', name: '周明宁(演示)', role: 'CITY_OFFICER', authority: '2102', institution: '', about: '大连市经办人员' },
  {
    login: 'institution',
    name: '吴琪(演示)',
    role: 'INSTITUTION',
    authority: '2101',
    institution,
    about: `评价机构 ${institution} 工作人员`,
  },
  { login: 'operator', name: '郑思睿(演示)', role: 'OPERATOR', authority: 'LN', institution: '', about: '运维人员:滞留消息' },
  { login: 'auditor', name: '王涛(演示)', role: 'AUDITOR', authority: 'LN', institution: '', about: '审计人员:只读' },
];
