// The fakes of enforcement's services besides orders and cases, for the gateway's specs: calendar, parameters, remedies; and of approval's
// public notices of decisions.
import type { DecisionNoticeServiceDefinition } from '@hengji/contracts/approval/v1/decision_notice_service';
import type { UsccCheckServiceDefinition } from '@hengji/contracts/approval/v1/uscc_check_service';
import type { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import type { ParameterServiceDefinition } from '@hengji/contracts/enforcement/v1/parameter_service';
import type { RemedyServiceDefinition } from '@hengji/contracts/enforcement/v1/remedy_service';
import type { CallerContext } from '@hengji/host';
import type { ServiceImplementation, TsProtoServiceDefinition } from 'nice-grpc';

type Answer = <Request, Response>(
  method: string,
  of: (request: Request) => Response,
) => (request: Request, context: { caller: string }) => Promise<Response>;

type Fake<D extends TsProtoServiceDefinition> = Partial<ServiceImplementation<D, CallerContext>>;

/** A remedy is at the institution that its id ends with, else at that of 沈阳. */
const remedyOf = (remedyId: string) => {
  const isOfDalian = remedyId.endsWith('S000021020001');
  return { remedyId, institution: isOfDalian ? 'S000021020001' : 'S000021010001', authority: isOfDalian ? '2102' : '2101' };
};

/** `answer` notes each request. */
export const besidesCases = (answer: Answer) => {
  const year = { jurisdiction: 'CN', year: 2027, version: 1, off: [{ from: '2027-01-01', until: '2027-01-03' }] };
  const calendar: Fake<typeof CalendarServiceDefinition> = {
    listCalendarYears: answer('listCalendarYears', () => ({ years: [year] })),
    proposeCalendarYear: answer('proposeCalendarYear', () => ({ year })),
    confirmCalendarYear: answer('confirmCalendarYear', () => ({ year })),
  };
  const parameter = { code: 'D-PEN-SERVE', title: '送达决定书', law: { amount: 7, unit: 'WORKING_DAY' as const } };
  const parameters: Fake<typeof ParameterServiceDefinition> = {
    listParameters: answer('listParameters', () => ({ parameters: [parameter] })),
    proposeParameter: answer('proposeParameter', () => ({ parameter })),
    confirmParameter: answer('confirmParameter', () => ({ parameter })),
  };
  const remedies: Fake<typeof RemedyServiceDefinition> = {
    openRemedy: answer('openRemedy', () => ({ remedy: remedyOf('r1') })),
    takeRemedyStep: answer('takeRemedyStep', ({ remedyId = '' }) => ({ remedy: remedyOf(remedyId) })),
    getRemedy: answer('getRemedy', ({ remedyId = '' }) => ({ remedy: remedyOf(remedyId) })),
    listRemedies: answer('listRemedies', () => ({ remedies: ['r-S000021010001', 'r-S000021020001'].map(remedyOf) })),
  };
  const notice = { noticeId: 'n1', number: '沈人社鉴公〔2026〕1号', institution: 'S000021010001', authority: '2101', state: 'STANDING' };
  const entries = [{ certificateNumber: 'S000021010001263000001', maskedName: '张*' }];
  const decisions: Fake<typeof DecisionNoticeServiceDefinition> = {
    listDecisionNotices: answer('listDecisionNotices', () => ({ notices: [notice], total: { count: 1 } })),
    getDecisionNotice: answer('getDecisionNotice', () => ({ notice, text: { title: '处理决定公示' } })),
    listNoticeEntries: answer('listNoticeEntries', () => ({ entries })),
    getNoticePdf: answer('getNoticePdf', () => ({ number: notice.number, pdf: Buffer.from('%PDF-1.7') })),
  };
  const check = { uscc: '91210102MA0Y1Q2R8U', institution: 'S000021010001', version: 1, state: 'PROPOSED' as const };
  const usccChecks: Fake<typeof UsccCheckServiceDefinition> = {
    listUsccChecks: answer('listUsccChecks', () => ({ checks: [check] })),
    proposeUsccCheck: answer('proposeUsccCheck', () => ({ check })),
    confirmUsccCheck: answer('confirmUsccCheck', () => ({ check })),
    refuseUsccCheck: answer('refuseUsccCheck', () => ({ check })),
    getUsccLicence: answer('getUsccLicence', () => ({
      check: { ...check, licenceName: '执照.pdf', licenceType: 'application/pdf' },
      licence: Buffer.from('%PDF-1.7'),
    })),
  };
  return { calendar, parameters, remedies, decisions, usccChecks };
};
