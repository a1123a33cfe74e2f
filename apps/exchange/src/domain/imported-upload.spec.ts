import { checkImported, type ImportedUpload } from './imported-upload';

const UPLOAD: ImportedUpload = {
  number: 'S000021010003263000001',
  institution: 'S000021010003',
  planId: 'p1',
  sessionId: 's1',
  occupation: '6-31-01-03',
  level: '3',
  person: '0123456789abcdef0123456789abcdef',
  examDate: '2026-01-10',
};

const TODAY = '2026-01-10';

it('accepts a valid upload', () => expect(() => checkImported(UPLOAD, TODAY, 'uploads[1]')).not.toThrow());
it('refuses the certificate of a canary', () => {
  const ofCanary = { ...UPLOAD, number: 'S999921990002263000001', institution: 'S999921990002' };
  expect(() => checkImported(ofCanary, TODAY, 'uploads[1]')).toThrow(
    expect.objectContaining({ reason: 'institution.code_reserved', detail: expect.objectContaining({ field: 'uploads[1].number' }) }),
  );
});
it('refuses an exam that is in the future', () => {
  expect(() => checkImported({ ...UPLOAD, examDate: '2206-01-10' }, TODAY, 'uploads[1]')).toThrow(
    expect.objectContaining({ reason: 'upload.invalid', detail: expect.objectContaining({ field: 'uploads[1].exam_date' }) }),
  );
});
