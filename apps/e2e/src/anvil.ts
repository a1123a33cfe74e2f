// A target institution for concurrent writes, and the writers: they issue certificates, pay and record results through the
// services' own endpoints.
import type { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import type { Result } from '@hengji/contracts/exam/v1/exam';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Json } from '@hengji/contracts';
import { serviceClient, testPerson } from '@hengji/testing';
import { randomUUID } from 'node:crypto';
import type { Officer } from '../../../tools/province/src/officer';
import { recordsOf } from './records-of';
import type { Running } from './running-platform';

/** The institution, with the results that have no certificate yet and the certificates that are not paid yet. */
export interface Anvil {
  readonly institution: string;
  readonly session: Json<Result>;
  readonly results: string[];
  readonly unpaid: string[];
}

export type What = 'issue' | 'pay' | 'record';
export type Writers = Record<What, (anvil: Anvil) => Promise<void>> & { close(): void };

let nextPerson = 2_000_000;

const reach = ({ platform }: Running, address: string, caller: string) => ({
  address: platform.addresses[address] ?? '',
  caller,
  secret: platform.environment['CALLER_SECRET'] ?? '',
});

/** This many results that are passed and published, and have no certificate yet. */
const importUnissued = async (running: Running, like: Json<Result>, count: number): Promise<string[]> => {
  const exam = serviceClient(ExamServiceDefinition, reach(running, 'EXAM_ADDR', 'import'));
  const ids = Array.from({ length: count }, (_, i) => `${like.sessionId}-H${String(i).padStart(4, '0')}`);
  const messages = async function* () {
    for (let from = 0; from < ids.length; from += 1_000) {
      const results = ids.slice(from, from + 1_000).map((resultId) => ({
        result: { ...like, resultId, person: '', passed: true, theoryTenths: 700, skillTenths: 700, state: 'PUBLISHED' as const },
        candidate: testPerson((nextPerson += 1)),
      }));
      yield { results };
    }
  };
  let imported = 0;
  for await (const answer of exam.importResults(messages())) imported += answer.imported;
  expect(imported).toBe(count);
  exam.close();
  return ids;
};

/** The institution, with this many results that have no certificate yet. */
export const anvilAt = async (running: Running, officer: Officer, institution: string, unissued: number): Promise<Anvil> => {
  const { plans, results, certificates, payments } = await recordsOf(officer, institution);
  const open = new Set(plans.filter((plan) => plan.state === 'PUBLISHED').map((plan) => plan.planId));
  const session = results.find((result) => open.has(result.planId));
  if (!session) throw new Error(`${institution} has no open plan with a session`);
  const paid = new Set(payments.map((payment) => payment.certificateNumber));
  const unpaid = certificates.map((certificate) => certificate.number).filter((number) => !paid.has(number));
  return { institution, session, results: await importUnissued(running, session, unissued), unpaid };
};

/** Each writer writes one kind of record; if nothing is left to issue or to pay, the writer records a result. */
export const writersAt = (running: Running): Writers => {
  const exam = serviceClient(ExamServiceDefinition, reach(running, 'EXAM_ADDR', 'gateway'));
  const certificate = serviceClient(CertificateServiceDefinition, reach(running, 'CERTIFICATE_ADDR', 'gateway'));
  const subsidy = serviceClient(SubsidyServiceDefinition, reach(running, 'SUBSIDY_ADDR', 'gateway'));
  const actorAt = ({ institution }: Anvil): Actor =>
    Actor.fromPartial({ officerId: 'hammer', role: 'INSTITUTION', institution, authority: 'LN' });
  const officer = Actor.fromPartial({ officerId: 'hammer', role: 'PROVINCE_OFFICER', authority: 'LN' });
  const record = async (anvil: Anvil): Promise<void> => {
    const results = [{ candidate: testPerson((nextPerson += 1)), theoryTenths: 650, skillTenths: 650 }];
    await exam.recordResults({ requestId: randomUUID(), actor: actorAt(anvil), sessionId: anvil.session.sessionId, results });
  };
  return {
    record,
    issue: async (anvil) => {
      const resultId = anvil.results.pop();
      if (resultId === undefined) return record(anvil);
      const { certificates } = await certificate.issueCertificates({
        requestId: randomUUID(),
        actor: actorAt(anvil),
        resultIds: [resultId],
      });
      anvil.unpaid.push(...certificates.map(({ number }: Certificate) => number));
    },
    pay: async (anvil) => {
      const certificateNumber = anvil.unpaid.shift();
      if (certificateNumber === undefined) return record(anvil);
      const payments = [{ certificateNumber, fen: 100_000n, fundSource: 'UNEMPLOYMENT_INSURANCE' as const }];
      await subsidy.paySubsidies({ requestId: randomUUID(), actor: officer, payments });
    },
    close: () => [exam, certificate, subsidy].forEach((one) => one.close()),
  };
};
