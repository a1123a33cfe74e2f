// The request of a step has the fields that the step needs, whatever was typed for another step.
import type { OrderJson } from '../../api';
import { bodyOf } from './remedy-steps';

const order = {
  scope: { institution: 'S000021010003', persons: [], certificates: [] },
  measures: ['CANCEL_RESULTS'],
} as unknown as OrderJson;
const typed = {
  ...({ day: '2026-12-01', documentNo: ' 1号 ', text: ' 内容 ', stayedBy: 'BODY', servedOn: '2026-12-02' } as const),
  ...{ persons: 'a，b', certificates: '' },
};
const said = { day: '2026-12-01', text: '内容', attachmentIds: [] };

it('sends a stay without the fields of a result', () =>
  expect(bodyOf({ ...typed, step: 'STAY', measures: [] }, ['TEXT', 'STAYED_BY', 'DOCUMENT_NO'], order)).toEqual({
    ...{ ...said, step: 'STAY', documentNo: '1号', stayedBy: 'BODY' },
  }));

it('sends the part only with a result about a part, with the scope of the order narrowed', () => {
  const result = (word: 'UPHELD' | 'CHANGED', persons: string = typed.persons) =>
    bodyOf({ ...typed, persons, step: 'RESULT', result: word, measures: ['CANCEL_RESULTS'] }, ['RESULT', 'DOCUMENT_NO'], order);
  const of = { ...said, step: 'RESULT', documentNo: '1号', servedOn: '2026-12-02' };
  expect(result('UPHELD')).toEqual({ ...of, result: 'UPHELD' });
  const scope = { institution: 'S000021010003', persons: ['a', 'b'], certificates: [] };
  expect(result('CHANGED')).toEqual({ ...of, result: 'CHANGED', measures: ['CANCEL_RESULTS'], scope });
  expect(result('CHANGED', '')).toEqual({ ...of, result: 'CHANGED', measures: ['CANCEL_RESULTS'] });
});
