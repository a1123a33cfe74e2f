// The addresses of the services, from the environment, as clients of their import RPCs.
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { grpcClient, personalData } from '@hengji/host';
import type { ImportTargets } from './load';

/** A variable of the environment, or an error that names it. */
export const address = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`环境变量 ${name} 未设置`);
  return value;
};

const DEADLINE_MS = 30_000;

const calling = () => ({ caller: 'import', secret: address('CALLER_SECRET'), deadlineMs: DEADLINE_MS });

/** The number of certificates in the province's register, as the register counts them. */
export const countCertificates = async (): Promise<number> => {
  const client = grpcClient(CertificateServiceDefinition, address('CERTIFICATE_ADDR'), calling());
  try {
    return Number((await client.countCertificates({ institution: '' })).total);
  } finally {
    client.close();
  }
};

export const importTargets = (): ImportTargets & { close(): void } => {
  const approval = grpcClient(ApprovalServiceDefinition, address('APPROVAL_ADDR'), calling());
  const exam = grpcClient(ExamServiceDefinition, address('EXAM_ADDR'), calling());
  const certificate = grpcClient(CertificateServiceDefinition, address('CERTIFICATE_ADDR'), calling());
  const subsidy = grpcClient(SubsidyServiceDefinition, address('SUBSIDY_ADDR'), calling());
  const exchange = grpcClient(ExchangeServiceDefinition, address('EXCHANGE_ADDR'), calling());
  const people = personalData({ sealKey: address('SEAL_KEY'), personKey: address('PERSON_KEY') });
  return {
    approval,
    exam,
    certificate,
    subsidy,
    exchange,
    ministry: async (numbers) => {
      const response = await fetch(`${address('AGENCY_SIM_URL')}/admin/ministry/uploads`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ numbers }),
      });
      if (!response.ok) throw new Error(`部平台模拟拒绝了已上传数据:${response.status} ${await response.text()}`);
    },
    pseudonym: people.pseudonym,
    close: () => [approval, exam, certificate, subsidy, exchange].forEach((client) => client.close()),
  };
};
