// What somebody searches for, or narrows a list by, in the spelling of the records: a certificate number or a code as it stands on a paper, a
// document number with any brackets, else the text as typed.
import { typedDocumentNo } from '../typed';
import { typedText } from '@hengji/domain-kit';
import { typedCertificateNumber } from './asked-number';
import { isUscc, isWrongCheckUscc } from './uscc';

/** A certificate number, an institution code, or the beginning of either. */
const BEGINS_AS_CODE = /^[YS]\d{4,20}[\dA-Z]?\d{0,6}$/;
const OFFICIAL_YEAR = /〔\d{4}〕/;

/** The text in one spelling; without its spaces only where it is a number or a code. */
export const typedSearch = (typed: string): string => {
  const code = typedCertificateNumber(typed);
  if (BEGINS_AS_CODE.test(code) || isUscc(code) || isWrongCheckUscc(code)) return code;
  const documentNo = typedDocumentNo(typed);
  return OFFICIAL_YEAR.test(documentNo) ? documentNo : typedText(typed);
};
