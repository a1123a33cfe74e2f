import { placeOf } from './place';

const menu = [
  { key: 'DESK', label: '工作台', pages: [{ path: '/', label: '工作台' }] },
  {
    ...{ key: 'ENFORCEMENT', label: '执法' },
    pages: [
      { path: '/cases', label: '案件' },
      { path: '/orders', label: '处理决定' },
    ],
  },
  { key: 'SYSTEM', label: '系统', pages: [{ path: '/parked', label: '滞留消息' }] },
];

it.each([
  ['/', '工作台 工作台'],
  ['/orders/new', '执法 处理决定'],
  ['/cases/c1', '执法 案件'],
  ['/parked', '系统 滞留消息'],
  ['/orderspage', undefined],
  ['/signed-in', undefined],
])('%s is at %s', (pathname, expected) => {
  const place = placeOf({ menu }, pathname);
  expect(place && `${place.area.label} ${place.page.label}`).toBe(expected);
});
