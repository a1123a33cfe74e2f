// The menu of the console: areas of work (业务领域) in order, each with its pages. A page names the route that it reads first; every role that
// may call the route sees the page. There is no second list of roles.

interface Page {
  /** The address of the page's list in the console; addresses below it belong to the same page. */
  readonly path: string;
  readonly label: string;
  /** `GET /cases`: names a row of the route table. */
  readonly opens: string;
}

interface Area {
  readonly key: string;
  readonly label: string;
  readonly pages: readonly Page[];
}

export const AREAS: readonly Area[] = [
  { key: 'DESK', label: '工作台', pages: [{ path: '/', label: '工作台', opens: 'GET /me' }] },
  {
    ...{ key: 'FILING', label: '备案' },
    pages: [
      { path: '/institutions', label: '评价机构', opens: 'GET /institutions' },
      { path: '/uscc-checks', label: '信用代码核对', opens: 'GET /uscc-checks' },
    ],
  },
  {
    ...{ key: 'EXAM', label: '考务' },
    pages: [
      { path: '/plans', label: '考务计划', opens: 'GET /plans' },
      { path: '/results', label: '评价结果', opens: 'GET /results' },
    ],
  },
  {
    ...{ key: 'CERTIFICATE', label: '证书' },
    pages: [
      { path: '/certificates', label: '证书', opens: 'GET /certificates' },
      { path: '/verify', label: '公众查验', opens: 'GET /public/certificates/:number' },
    ],
  },
  {
    ...{ key: 'SUBSIDY', label: '补贴' },
    pages: [
      { path: '/payments', label: '补贴发放', opens: 'GET /payments' },
      { path: '/recoveries', label: '补贴追缴', opens: 'GET /recoveries' },
    ],
  },
  { key: 'SUPERVISION', label: '监督', pages: [{ path: '/people', label: '人员查询', opens: 'POST /people/search' }] },
  {
    ...{ key: 'ENFORCEMENT', label: '执法' },
    pages: [
      { path: '/cases', label: '案件', opens: 'GET /cases' },
      { path: '/orders', label: '处理决定', opens: 'GET /orders' },
      { path: '/remedies', label: '复议诉讼', opens: 'GET /remedies' },
      { path: '/deadlines', label: '期限看板', opens: 'GET /deadlines' },
    ],
  },
  { key: 'EXCHANGE', label: '交换', pages: [{ path: '/messages', label: '部门交换', opens: 'GET /messages' }] },
  {
    ...{ key: 'SYSTEM', label: '系统' },
    pages: [
      { path: '/parked', label: '滞留消息', opens: 'GET /parked' },
      { path: '/acts', label: '操作记录', opens: 'GET /acts' },
      { path: '/calendar', label: '工作日历', opens: 'GET /calendar' },
      { path: '/parameters', label: '参数与期限', opens: 'GET /parameters' },
    ],
  },
];
