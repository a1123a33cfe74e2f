// A code (统一社会信用代码) that the registrar printed with a wrong check character. The register accepts it only after two officers: one proposes
// it with the licence, another confirms or refuses it. What is wrong in another way is no such code.
import { Refusal } from '@hengji/domain-kit';
import { institutionCodeParts, isUscc, isWrongCheckUscc, PROVINCE, usccFault } from '@hengji/province';

export interface UsccCheck {
  readonly proposedBy: string;
  /** Hex. */
  readonly licenceSha256: string;
  /** Null until it is decided. */
  readonly confirmed: boolean | null;
}

interface Deciding {
  readonly officerId: string;
  /** The SHA-256 of the licence that was seen, hex. */
  readonly seen: string;
}

const RULE = 'GB 32100-2015';
const MOST_REASON = 200;

/** Refuses `uscc.check_fits`, `institution.uscc_invalid`, `institution.uscc_personal`. */
export const checkNeeded = (uscc: string): void => {
  if (isUscc(uscc)) {
    throw new Refusal('illegalMove', 'uscc.check_fits', '该代码的校验位相符，不需要人工核对', { field: 'uscc', rule: RULE });
  }
  if (!isWrongCheckUscc(uscc)) {
    throw new Refusal('invalid', 'institution.uscc_invalid', usccFault(uscc) ?? '统一社会信用代码有误', { field: 'uscc', rule: RULE });
  }
  // Also mistyped ID numbers: no person's number is stored as a code.
  if (/^\d{6}(?:19|20)\d{9}[\dX]$/.test(uscc)) {
    throw new Refusal('invalid', 'institution.uscc_personal', '这个号码像是居民身份证号码，不能作为机构的统一社会信用代码登记', {
      field: 'uscc',
      rule: 'rules §3.1',
    });
  }
};

/** The authority whose officers check the code of an institution; a code of the ministry's digits belongs to the province. */
export const authorityOfCode = (institution: string): string => institutionCodeParts(institution)?.authority ?? PROVINCE;

/** The reason without spaces around it; refuses `uscc.reason_invalid`. */
export const checkReason = (text: string): string => {
  const reason = text.trim();
  if (reason !== '' && [...reason].length <= MOST_REASON) return reason;
  throw new Refusal('invalid', 'uscc.reason_invalid', `请说明核对情况，1至${MOST_REASON}字`, { field: 'reason', rule: '平台规则' });
};

/** A refused code may be proposed again, with another licence. Refuses `uscc.confirmed_already`. */
export const decidePropose = (before: UsccCheck | undefined): void => {
  if (before?.confirmed !== true) return;
  throw new Refusal('conflict', 'uscc.confirmed_already', '该代码已经核对确认', { field: 'uscc', rule: '平台规则' });
};

/** Confirms or refuses. Refuses `uscc.check_unknown`, `uscc.confirmed_already`, `uscc.refused_already`, `uscc.same_person`, `uscc.licence_changed`. */
export const decideOnCheck = (check: UsccCheck | undefined, by: Deciding): void => {
  if (!check) throw unknownCheck();
  decidePropose(check);
  if (check.confirmed === false) {
    throw new Refusal('conflict', 'uscc.refused_already', '该代码已不予确认，应附执照重新提请', { field: 'uscc', rule: '平台规则' });
  }
  if (check.proposedBy === by.officerId) {
    throw new Refusal('forbidden', 'uscc.same_person', '提请核对的人不能自己决定，应由同一主管部门的另一人决定', {
      field: 'actor',
      rule: '平台规则',
    });
  }
  if (check.licenceSha256 !== by.seen) {
    throw new Refusal('conflict', 'uscc.licence_changed', '执照扫描件已被更换，请重新查看后决定', {
      field: 'licence_sha256',
      rule: '平台规则',
    });
  }
};

export const unknownCheck = (): Refusal =>
  new Refusal('notFound', 'uscc.check_unknown', '没有提请核对这个代码', { field: 'uscc', rule: '平台规则' });
