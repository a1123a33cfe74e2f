// Where one can go: areas of work, and in each the pages with the roles that see them. A page that is not here has no place in the menu
// and no breadcrumb. Areas without a page for the role are not shown.
import type { Answers } from '../http';

type Role = Exclude<Answers['Role'], 'UNSPECIFIED'>;

export interface Page {
  /** The address of its list; what lies below it belongs to it. */
  readonly path: string;
  readonly label: string;
  readonly roles: readonly Role[];
}

interface Area {
  readonly label: string;
  readonly pages: readonly Page[];
}

const EVERYONE: readonly Role[] = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'];
const READERS: readonly Role[] = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR'];
const OVERSEERS: readonly Role[] = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR'];
const WATCH_EXCHANGE: readonly Role[] = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'OPERATOR', 'AUDITOR'];
const WATCH_PARKED: readonly Role[] = ['PROVINCE_OFFICER', 'OPERATOR', 'AUDITOR'];

/** Areas of work (业务领域), in the order of the menu. */
const AREAS = {
  DESK: { label: '工作台', pages: [{ path: '/', label: '工作台', roles: EVERYONE }] },
  FILING: { label: '备案', pages: [{ path: '/institutions', label: '评价机构', roles: READERS }] },
  EXAM: {
    label: '考务',
    pages: [
      { path: '/plans', label: '考务计划', roles: READERS },
      { path: '/results', label: '评价结果', roles: READERS },
    ],
  },
  CERTIFICATE: {
    label: '证书',
    pages: [
      { path: '/certificates', label: '证书', roles: READERS },
      { path: '/verify', label: '公众查验', roles: EVERYONE },
    ],
  },
  SUBSIDY: {
    label: '补贴',
    pages: [
      { path: '/payments', label: '补贴发放', roles: READERS },
      { path: '/recoveries', label: '补贴追缴', roles: READERS },
    ],
  },
  SUPERVISION: { label: '监督', pages: [{ path: '/people', label: '人员查询', roles: OVERSEERS }] },
  ENFORCEMENT: {
    label: '执法',
    pages: [
      { path: '/cases', label: '案件', roles: READERS },
      { path: '/orders', label: '处理决定', roles: READERS },
      { path: '/deadlines', label: '期限看板', roles: READERS },
    ],
  },
  EXCHANGE: { label: '交换', pages: [{ path: '/messages', label: '部门交换', roles: WATCH_EXCHANGE }] },
  SYSTEM: {
    label: '系统',
    pages: [
      { path: '/parked', label: '滞留消息', roles: WATCH_PARKED },
      { path: '/acts', label: '操作记录', roles: OVERSEERS },
      { path: '/calendar', label: '工作日历', roles: EVERYONE },
      { path: '/parameters', label: '参数与期限', roles: EVERYONE },
    ],
  },
} as const satisfies Record<string, Area>;

export type MenuArea = Area & { readonly key: keyof typeof AREAS };

/** What a role sees of the menu. */
export const menuOf = (role: Answers['Role']): MenuArea[] =>
  (Object.keys(AREAS) as (keyof typeof AREAS)[])
    .map((key) => {
      const { label, pages }: Area = AREAS[key];
      return { key, label, pages: pages.filter(({ roles }) => (roles as readonly string[]).includes(role)) };
    })
    .filter(({ pages }) => pages.length > 0);

const isUnder = (pathname: string, path: string): boolean =>
  path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);

/** The area and page that an address belongs to. */
export const placeOf = (role: Answers['Role'], pathname: string): { area: MenuArea; page: Page } | undefined =>
  menuOf(role)
    .flatMap((area) => area.pages.map((page) => ({ area, page })))
    .find(({ page }) => isUnder(pathname, page.path));
