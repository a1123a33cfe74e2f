// exam's copy of certificate numbers, emptied and rebuilt: from certificate.v1 alone, and from its owner where the topic no longer holds
// all events.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import type { CertificateEvent, IssuedCertificate } from '@hengji/contracts/certificate/v1/certificate_events';
import type { Result } from '@hengji/contracts/exam/v1/exam';
import { alter, fakeOwner, query, sealedMessages, serveOwner, until } from '@hengji/testing';
import { rebuildCopies } from '../src/rebuild';
import { type ExamUnderTest, newInstitution, publishedResults, startExam, TODAY } from './exam-under-test';

const certificateOf = ({ institution, sessionId, planId, person, resultId }: Result, i: number): IssuedCertificate => ({
  number: `${institution}264${String(i + 1).padStart(6, '0')}`,
  ...{ occupation: '6-31-01-03', issuedOn: TODAY, maskedName: '张*', level: '4', examDate: TODAY },
  ...{ planId, sessionId, person, resultId },
});

const eventOf = (institution: string, sequence: number, certificates: IssuedCertificate[]): CertificateEvent => ({
  meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: BigInt(sequence), orderId: '' },
  body: { $case: sequence % 2 === 1 ? 'certificatesIssued' : 'certificatesImported', value: { certificates } },
});

const copyIn = (database: string) =>
  query<{ result_id: string; certificate_number: string | null }>(
    database,
    'SELECT result_id, certificate_number FROM result ORDER BY result_id COLLATE "C"',
  );

const isWhole = (rows: readonly { certificate_number: string | null }[]): boolean => rows.every((row) => row.certificate_number !== null);
const empty = (exam: ExamUnderTest) => alter(exam.database, 'UPDATE result SET certificate_number = NULL');

/** Two institutions, three events each; the first event is sent once more at the end, under another number than the one it corrects. */
const heardAll = async (exam: ExamUnderTest): Promise<CertificateEvent[]> => {
  const events: CertificateEvent[] = [];
  for (const institution of [newInstitution(), newInstitution()]) {
    const { results } = await publishedResults(exam, institution, 3);
    const [first, ...others] = results.map(certificateOf);
    if (!first) throw new Error('no results');
    const wrong = { ...first, number: `${institution}264999999` };
    events.push(eventOf(institution, 1, [wrong]), eventOf(institution, 2, [first]), eventOf(institution, 3, others));
  }
  await exam.probe.publish(TOPICS.certificate, ...events);
  await until(
    () => copyIn(exam.database),
    (rows) => isWhole(rows) && rows.every((row) => !row.certificate_number?.endsWith('999999')),
  );
  // The owner has sent them once more: the oldest event comes last.
  await exam.probe.publish(TOPICS.certificate, ...events);
  // The seal of this event is forged.
  const forged = sealedMessages(TOPICS.certificate, [{ ...events[0], meta: events[0]?.meta } as CertificateEvent], { sealer: 'exchange' });
  await exam.probe.produce(TOPICS.certificate.name, ...forged);
  return events;
};

it('has the same content after reading the topic from its beginning, and reports the position that it read to', async () => {
  const exam = await startExam();
  await heardAll(exam);
  const before = await copyIn(exam.database);
  await expect(rebuildCopies(exam.config)).rejects.toThrow('still listen');
  await exam.stop();
  await empty(exam);
  const rebuilt = await rebuildCopies(exam.config);
  expect(await copyIn(exam.database)).toEqual(before);
  const read = [...rebuilt.position.values()].reduce((sum, offset) => sum + offset, 0n);
  expect({ ...rebuilt, read }).toMatchObject({ topic: 'certificate.v1', events: 6, read: 13n, fromOwner: [], incomplete: [] });
  expect(Date.now() - rebuilt.asOf.getTime()).toBeLessThan(60_000);

  // The service continues at its last position.
  const again = await exam.restart();
  const institution = newInstitution();
  const { results } = await publishedResults(again, institution, 1);
  await exam.probe.publish(TOPICS.certificate, eventOf(institution, 1, results.map(certificateOf)));
  await until(() => copyIn(exam.database), isWhole);
});

it('takes the state from the owner where the topic no longer holds all events, and names what cannot be restored', async () => {
  const exam = await startExam();
  const events = await heardAll(exam);
  const before = await copyIn(exam.database);
  await exam.stop();
  await exam.probe.removeRecords(TOPICS.certificate.name);
  const keys = [...new Set(events.map(({ meta }) => meta?.institution ?? ''))];
  const owner = fakeOwner(exam.probe);
  owner.remember(TOPICS.certificate, ...events);
  const rebuilt = await rebuildCopies({ ...exam.config, CERTIFICATE_ADDR: await serveOwner(owner) });
  expect(rebuilt).toMatchObject({ events: 0, fromOwner: keys.toSorted(), incomplete: [] });
  expect(await copyIn(exam.database)).toEqual(before);

  await exam.probe.publish(TOPICS.certificate, ...events.filter(({ meta }) => meta?.sequence !== 2n));
  expect(await rebuildCopies(exam.config)).toMatchObject({ events: 4, fromOwner: [], incomplete: keys });
});
