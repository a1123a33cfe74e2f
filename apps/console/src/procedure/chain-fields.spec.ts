// A step sends only the fields that it needs, also after others were filled in for another step.
import { chainOf } from './chain-fields';

const TYPED = { officerIds: ['b', 'a'], documentNo: ' 辽人社函〔2026〕1号 ', counterpart: '2102' };

it.each([
  [[], {}],
  [['TEXT', 'OFFICERS'], { officerIds: ['b', 'a'] }],
  [['TEXT', 'DOCUMENT_NO'], { documentNo: '辽人社函〔2026〕1号' }],
  [['DOCUMENT_NO', 'AUTHORITY'], { documentNo: '辽人社函〔2026〕1号', counterpart: '2102' }],
])('sends for the needs %j: %j', (needs, sent) => {
  expect(chainOf(needs, TYPED)).toEqual(sent);
});
