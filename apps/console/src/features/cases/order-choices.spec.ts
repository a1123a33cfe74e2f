import type { Answers } from '../../http';
import { draftChoices, keptChoices, orderChoices } from './order-choices';

const theCase = {
  orderIds: ['o1', 'o2', 'o3'],
  orders: [
    { orderId: 'o1', title: '甲', draft: false, discarded: true },
    { orderId: 'o2', title: '乙', draft: true, discarded: false },
    { orderId: 'o3', title: '', draft: false, discarded: false },
  ],
  documents: [],
};

it('names the orders of a case, and keeps their places when some cannot be chosen', () => {
  expect(orderChoices(theCase).map(({ label }) => label)).toEqual(['第 1 份 甲（已废弃）', '第 2 份 乙', '第 3 份']);
  expect(draftChoices(theCase)).toEqual([{ value: 'o2', label: '第 2 份 乙' }]);
  expect(draftChoices({ ...theCase, orders: [] }).map(({ label }) => label)).toEqual(['第 1 份', '第 2 份', '第 3 份']);
  expect(keptChoices(theCase).map(({ value }) => value)).toEqual(['o2', 'o3']);
});

it('names an order by the number of its decision once there is one', () => {
  const document = { orderId: 'o3', kind: 'DECISION', number: '沈人社鉴处〔2026〕3号' } as const;
  const documents = [document, { ...document, kind: 'NOTICE', number: '沈人社鉴告〔2026〕3号' } as const] as Answers['Document'][];
  expect(orderChoices({ ...theCase, documents }).map(({ label }) => label)).toEqual([
    '第 1 份 甲（已废弃）',
    '第 2 份 乙',
    '沈人社鉴处〔2026〕3号',
  ]);
});
