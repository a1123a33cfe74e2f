// The legal check (法制审核, 行政处罚法第五十八条) as a structured opinion: all six points pass, or the proposal is returned with the
// points that failed and why.
import { Refusal } from '@hengji/domain-kit';
import { LEGAL_POINTS, type LegalFinding, type LegalPoint } from './particulars';

const refuse = (reason: string, message: string): never => {
  throw new Refusal('invalid', `case.${reason}`, message, { field: 'legal_findings', rule: '行政处罚法第五十八条' });
};

const POINTS = Object.keys(LEGAL_POINTS) as readonly LegalPoint[];
const named = (points: readonly LegalPoint[]): string => points.map((point) => LEGAL_POINTS[point]).join('、');

/** Refuses `case.legal_incomplete`: a point without a finding or with two; a failed point without a remark. */
const checkFindings = (findings: readonly LegalFinding[]): void => {
  const open = POINTS.filter((point) => findings.filter((one) => one.point === point).length !== 1);
  if (open.length > 0) refuse('legal_incomplete', `法制审核应逐项写明结论，尚缺：${named(open)}`);
  const bare = findings.filter(({ passed, remark }) => !passed && remark.trim() === '').map(({ point }) => point);
  if (bare.length > 0) refuse('legal_incomplete', `不通过的事项应写明理由：${named(bare)}`);
};

const failed = (findings: readonly LegalFinding[]): LegalPoint[] => findings.filter(({ passed }) => !passed).map(({ point }) => point);

/** Refuses `case.legal_incomplete`, `case.legal_failed`. */
export const checkPassed = (findings: readonly LegalFinding[]): void => {
  checkFindings(findings);
  if (failed(findings).length > 0) refuse('legal_failed', `${named(failed(findings))}不通过，应退回处理建议`);
};

/** Refuses `case.legal_incomplete`, also where nothing failed. */
export const checkReturned = (findings: readonly LegalFinding[]): void => {
  checkFindings(findings);
  if (failed(findings).length === 0) refuse('legal_incomplete', '退回处理建议应写明不通过的事项');
};
