// The accounts of the demo, with invented names; each account shows one role and its limits. Each authority has six officers, because in
// one case nobody may verify, review, check and decide, and the drafter may not sign. There are two cities, because one must not reach the other's
// records.
import { institutionCodeParts, isInstitutionCode, PROVINCE, type Role } from '@hengji/province';

export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly authority: string;
  readonly institution: string;
  /** 岗位; empty for a person without one. */
  readonly post: string;
  /** What to try with the account, for the list that the start prints. */
  readonly about: string;
}

/** The duties of an authority's six officers in a case (rules §7.9), and their posts. */
const DUTIES = {
  a: { duty: '起草、提出处理建议', post: '经办人' },
  b: { duty: '作出决定、签发', post: '分管负责人' },
  c: { duty: '核查(甲)', post: '执法人员' },
  d: { duty: '核查(乙)', post: '执法人员' },
  e: { duty: '法制审核', post: '法制审核人员' },
  f: { duty: '部门审核', post: '部门负责人' },
} as const;
type Letter = keyof typeof DUTIES;

const OFFICES = [
  {
    login: 'province',
    role: 'PROVINCE_OFFICER',
    authority: PROVINCE,
    place: '省',
    names: { a: '赵安', b: '钱博文', c: '冯一诺', d: '陈思远', e: '褚明理', f: '郭敬之' },
  },
  {
    login: 'shenyang',
    role: 'CITY_OFFICER',
    authority: '2101',
    place: '沈阳市',
    names: { a: '孙诚', b: '李嘉凯', c: '卫清扬', d: '蒋知行', e: '沈正言', f: '罗文渊' },
  },
  {
    login: 'dalian',
    role: 'CITY_OFFICER',
    authority: '2102',
    place: '大连市',
    names: { a: '周明宁', b: '韩立群', c: '杨一帆', d: '朱静之', e: '秦守正', f: '宋怀远' },
  },
] as const;

const officersOf = ({ login, role, authority, place, names }: (typeof OFFICES)[number]): DemoAccount[] =>
  (Object.keys(DUTIES) as Letter[]).map((letter) => ({
    login: `${login}-${letter}`,
    name: `${names[letter]}(演示)`,
    role,
    authority,
    institution: '',
    post: DUTIES[letter].post,
    about: `${place}经办人员:${DUTIES[letter].duty}`,
  }));

const personOf = (institution: string, login: string): DemoAccount => ({
  login,
  name: '吴琪(演示)',
  role: 'INSTITUTION',
  authority: institutionCodeParts(institution)?.authority ?? PROVINCE,
  institution,
  post: '',
  about: `评价机构 ${institution} 工作人员;任一机构均可用 institution-机构代码 登录`,
});

export const demoAccounts = (institution: string): readonly DemoAccount[] => [
  ...OFFICES.flatMap(officersOf),
  personOf(institution, 'institution'),
  { login: 'operator', name: '郑思睿(演示)', role: 'OPERATOR', authority: PROVINCE, institution: '', post: '', about: '运维人员:滞留消息' },
  {
    login: 'operator-b',
    name: '何守拙(演示)',
    role: 'OPERATOR',
    authority: PROVINCE,
    institution: '',
    post: '',
    about: '运维人员:第二人,确认作废滞留消息',
  },
  { login: 'auditor', name: '王涛(演示)', role: 'AUDITOR', authority: PROVINCE, institution: '', post: '', about: '审计人员:只读' },
];

/** The account of this login: a listed account, or the person of any institution by `institution-<code>`. */
export const accountOf = (accounts: readonly DemoAccount[], login: unknown): DemoAccount | undefined => {
  if (typeof login !== 'string') return undefined;
  const code = login.replace(/^institution-/, '');
  return (
    accounts.find((account) => account.login === login) ?? (code !== login && isInstitutionCode(code) ? personOf(code, login) : undefined)
  );
};
