import { checkFiled } from './filing';

const exam = { occupation: '6-31-01-03', level: '3', examDate: '2026-01-10' };
const askedAt = new Date(0);

it('lets uploads be sent whose exams the filing covers', () => {
  expect(() => checkFiled({ answers: [{ ...exam, obstacle: '' }], askedAt })).not.toThrow();
  expect(() => checkFiled({ answers: [], askedAt })).not.toThrow();
});

it.each([
  ['filing.removed', '机构已被移出目录，不能向部平台上传'],
  ['filing.expired', '备案有效期已届满，不能向部平台上传'],
  ['filing.newer', '备案不允许该评价活动，不能向部平台上传'],
])('refuses when one exam is not covered: %s', (obstacle, message) => {
  const answers = [
    { ...exam, obstacle: '' },
    { ...exam, obstacle },
  ];
  expect(() => checkFiled({ answers, askedAt })).toThrow(expect.objectContaining({ reason: obstacle, message }) as Error);
});
