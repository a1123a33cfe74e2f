// Clients of the services that the gateway calls for people. Only the gateway may name a person as the actor: the message carries the
// person, the call metadata carries the gateway's own name.
import { PUBLISHERS } from '@hengji/contracts';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { DecisionNoticeServiceDefinition } from '@hengji/contracts/approval/v1/decision_notice_service';
import { UsccCheckServiceDefinition } from '@hengji/contracts/approval/v1/uscc_check_service';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import { ParameterServiceDefinition } from '@hengji/contracts/enforcement/v1/parameter_service';
import { RemedyServiceDefinition } from '@hengji/contracts/enforcement/v1/remedy_service';
import { CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import { ActsServiceDefinition } from '@hengji/contracts/procedure/v1/acts_service';
import { PersonServiceDefinition } from '@hengji/contracts/procedure/v1/person_service';
import { TaskServiceDefinition } from '@hengji/contracts/procedure/v1/task_service';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcClient, type Part } from '@hengji/host';
import type { TsProtoServiceDefinition } from 'nice-grpc';

/** Services that consume messages and may have parked some. */
export const PARKING_SERVICES = PUBLISHERS;
export type ParkingServiceName = (typeof PARKING_SERVICES)[number];

/** Services with procedures: they have tasks and reminders. */
export const TASK_SERVICES = ['enforcement'] as const;

export interface NeighbourAddresses {
  readonly APPROVAL_ADDR: string;
  readonly EXAM_ADDR: string;
  readonly CERTIFICATE_ADDR: string;
  readonly SUBSIDY_ADDR: string;
  readonly EXCHANGE_ADDR: string;
  readonly ENFORCEMENT_ADDR: string;
  readonly CALLER_SECRET: string;
}

const DEADLINE_MS = 5_000;

/** Previews and signatures wait for the answer of every service; for a large institution such an answer takes seconds. */
export const LONG_CALL = { deadlineMs: 60_000 } as const;

/** Whether the called service did not answer: the service is down, unreachable or too slow. */
export const isAway = (failure: unknown): boolean => failure instanceof Refusal && failure.kind === 'unavailable';

/** Long enough for a file of 200 MB over a slow connection. */
export const FILE_CALL = { deadlineMs: 35 * 60_000 } as const;

/** One client per service; each client connects at its first call. */
export const connectNeighbours = (config: NeighbourAddresses) => {
  const closers: (() => void)[] = [];
  const connect = <D extends TsProtoServiceDefinition>(definition: D, address: string) => {
    const client = grpcClient(definition, address, { caller: 'gateway', secret: config.CALLER_SECRET, deadlineMs: DEADLINE_MS });
    closers.push(client.close);
    return client;
  };
  const addressOf = (service: ParkingServiceName): string => config[`${service.toUpperCase() as Uppercase<ParkingServiceName>}_ADDR`];
  const parkingOf = (service: ParkingServiceName) => connect(ParkingServiceDefinition, addressOf(service));
  const actsOf = (service: ParkingServiceName) => connect(ActsServiceDefinition, addressOf(service));
  return {
    approval: connect(ApprovalServiceDefinition, config.APPROVAL_ADDR),
    decisionNotices: connect(DecisionNoticeServiceDefinition, config.APPROVAL_ADDR),
    usccChecks: connect(UsccCheckServiceDefinition, config.APPROVAL_ADDR),
    exam: connect(ExamServiceDefinition, config.EXAM_ADDR),
    certificate: connect(CertificateServiceDefinition, config.CERTIFICATE_ADDR),
    subsidy: connect(SubsidyServiceDefinition, config.SUBSIDY_ADDR),
    exchange: connect(ExchangeServiceDefinition, config.EXCHANGE_ADDR),
    enforcement: connect(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR),
    enforcementCases: connect(CaseServiceDefinition, config.ENFORCEMENT_ADDR),
    enforcementCalendar: connect(CalendarServiceDefinition, config.ENFORCEMENT_ADDR),
    enforcementRemedies: connect(RemedyServiceDefinition, config.ENFORCEMENT_ADDR),
    enforcementParameters: connect(ParameterServiceDefinition, config.ENFORCEMENT_ADDR),
    /** A client for one file, on its own connection; the caller closes the client. */
    fileClient: () =>
      grpcClient(CaseServiceDefinition, config.ENFORCEMENT_ADDR, {
        ...{ caller: 'gateway', secret: config.CALLER_SECRET, deadlineMs: DEADLINE_MS },
        ownConnection: true,
      }),
    tasks: { enforcement: connect(TaskServiceDefinition, config.ENFORCEMENT_ADDR) } satisfies Record<
      (typeof TASK_SERVICES)[number],
      unknown
    >,
    people: {
      exam: connect(PersonServiceDefinition, config.EXAM_ADDR),
      certificate: connect(PersonServiceDefinition, config.CERTIFICATE_ADDR),
      subsidy: connect(PersonServiceDefinition, config.SUBSIDY_ADDR),
    },
    parking: {
      approval: parkingOf('approval'),
      exam: parkingOf('exam'),
      certificate: parkingOf('certificate'),
      subsidy: parkingOf('subsidy'),
      exchange: parkingOf('exchange'),
      enforcement: parkingOf('enforcement'),
    } satisfies Record<ParkingServiceName, unknown>,
    /** Acts (办理记录) of each service that owns records. */
    acts: {
      approval: actsOf('approval'),
      exam: actsOf('exam'),
      certificate: actsOf('certificate'),
      subsidy: actsOf('subsidy'),
      exchange: actsOf('exchange'),
      enforcement: actsOf('enforcement'),
    } satisfies Record<ParkingServiceName, unknown>,
    close: () => closers.forEach((close) => close()),
  };
};

export type Neighbours = ReturnType<typeof connectNeighbours>;

/** Closes the clients after all parts that use the clients have stopped. */
export const neighboursPart = (neighbours: Neighbours): Part => ({
  name: 'neighbours',
  start: async () => undefined,
  stop: async () => neighbours.close(),
});
