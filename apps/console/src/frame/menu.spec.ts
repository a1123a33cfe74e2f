import { menuOf, placeOf } from './menu';

const RECORDS = ['/plans', '/results', '/certificates', '/verify', '/payments', '/recoveries'] as const;
const paths = (role: Parameters<typeof menuOf>[0]): string[] => menuOf(role).flatMap(({ pages }) => pages.map(({ path }) => path));

// Written a second time by hand, after the gateway's route table.
it.each([
  [
    'PROVINCE_OFFICER',
    [
      '/',
      '/institutions',
      ...RECORDS,
      '/people',
      '/cases',
      '/orders',
      '/deadlines',
      '/messages',
      '/parked',
      '/acts',
      '/calendar',
      '/parameters',
    ],
  ],
  [
    'CITY_OFFICER',
    ['/', '/institutions', ...RECORDS, '/people', '/cases', '/orders', '/deadlines', '/messages', '/acts', '/calendar', '/parameters'],
  ],
  ['INSTITUTION', ['/', '/institutions', ...RECORDS, '/cases', '/orders', '/deadlines', '/calendar', '/parameters']],
  ['OPERATOR', ['/', '/verify', '/messages', '/parked', '/calendar', '/parameters']],
  [
    'AUDITOR',
    [
      '/',
      '/institutions',
      ...RECORDS,
      '/people',
      '/cases',
      '/orders',
      '/deadlines',
      '/messages',
      '/parked',
      '/acts',
      '/calendar',
      '/parameters',
    ],
  ],
] as const)('%s finds in the menu what the role may see, by area', (role, expected) => {
  expect(paths(role)).toEqual(expected);
  expect(menuOf(role).every(({ pages }) => pages.length > 0)).toBe(true);
});

it.each([
  ['/', '工作台 工作台'],
  ['/orders/new', '执法 处理决定'],
  ['/cases/c1', '执法 案件'],
  ['/parked', '系统 滞留消息'],
  ['/orderspage', undefined],
  ['/signed-in', undefined],
])('%s is at %s', (pathname, expected) => {
  const place = placeOf('PROVINCE_OFFICER', pathname);
  expect(place && `${place.area.label} ${place.page.label}`).toBe(expected);
});
