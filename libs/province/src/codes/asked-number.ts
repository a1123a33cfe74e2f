// The certificate number that somebody asks about (公众查询), as it stands on a paper, in a PDF or in a message: with a label, spaces, full-width
// letters, line breaks. What is another number is answered with what it is and where to ask. No answer repeats the text: it may be the
// number of a person.
import { Refusal, type RefusalDetail } from '@hengji/domain-kit';
import { isIdNumber } from '../people/citizen-id';
import { provinceName } from '../places/provinces';
import { typedNumber } from '../typed';
import { isCertificateNumber, type CertificateNumber } from './certificate-number';
import { isInstitutionCode } from './institution-code';
import { isUscc } from './uscc';

/** The longest text that is read; numbers with their label are much shorter. */
const LONGEST_READ = 1_000;
/** Labels in Latin letters; the text is compact and in upper case. */
const LATIN_LABEL = /^(?:CERTIFICATE|CERT|NUMBER|NUM|NO|ID)(?=[^A-Z0-9]|[YS]\d|NO|NUM)/;

const withoutLabel = (compact: string): string => {
  let text = compact;
  // Each turn removes characters, at most `LONGEST_READ` in all.
  for (;;) {
    const start = text.search(/[A-Z0-9]/);
    if (start < 0) return '';
    text = text.slice(start);
    const label = LATIN_LABEL.exec(text)?.[0];
    if (label === undefined) return text;
    text = text.slice(label.length);
  }
};

/**
 * A certificate number without its label and what stands behind it: `证书编号：s0000 2101…。` is S00002101…. Characters between letters and digits
 * stay, so that two numbers are not read as one.
 */
export const typedCertificateNumber = (typed: string): string => {
  if (typed.length > LONGEST_READ) return typed;
  const text = withoutLabel(typedNumber(typed));
  const end = text.search(/[^A-Z0-9]/);
  return end < 0 || /[A-Z0-9]/.test(text.slice(end)) ? text : text.slice(0, end);
};

/** Ministry's register of all certificates, rules §2.4. */
const NATIONAL = '技能人才评价证书全国联网查询(zscx.osta.org.cn)';
const NUMBER_RULE = '人社鉴发〔2019〕2号';
const EXAMPLE = '如S000021010003261000001';

interface Fault {
  readonly reason:
    'certificate.number_invalid' | 'certificate.number_elsewhere' | 'certificate.number_personal' | 'certificate.number_other';
  readonly message: string;
  readonly rule?: string;
}

const elsewhere = (message: string, rule = NUMBER_RULE): Fault => ({ reason: 'certificate.number_elsewhere', message, rule });
const invalid = (message: string): Fault => ({ reason: 'certificate.number_invalid', message });
const other = (message: string, rule = NUMBER_RULE): Fault => ({ reason: 'certificate.number_other', message, rule });

/** An ID number, also one that was typed wrong: 17 digits with a month and a day in their places. */
const IS_PERSONAL =
  /^(?:\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]|\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})$/;
const personal: Fault = {
  reason: 'certificate.number_personal',
  message: '您填写的像是居民身份证号码，不是证书编号。身份证号码未被查询，也未被保存；请填写证书上的22位证书编号',
  rule: 'rules §3.1',
};

const ofLength22 = (text: string): Fault => {
  const [, province = '', rest = ''] = /^[YS]\d{4}(\d{2})(\d{8}[1-5A-Z]\d{6})$/.exec(text) ?? [];
  if (province !== '' && province !== '21') {
    const name = provinceName(province);
    return name === undefined
      ? invalid(`证书编号第6至7位“${province}”不是省级行政区划代码，请核对`)
      : elsewhere(
          `这是${name}的证书编号(第6至7位为${province})，本平台只登记辽宁省的证书。请到${NATIONAL}或向${name}人力资源社会保障部门查询`,
        );
  }
  if (rest.endsWith('000000')) return invalid('证书编号末6位为序列号，不能是000000');
  if (/^[A-Z](?![OIL])[A-Z]\d{20}$/.test(text)) {
    return elsewhere(
      `两位字母加20位数字的编号用于特级技师、首席技师证书，不在本平台查验。请到${NATIONAL}查询，或向发证机构核实`,
      'rules §2.1',
    );
  }
  const at = [...text].findIndex((c, i) => (i === 0 ? !/[YS]/.test(c) : i === 15 ? !/[1-5A-Z]/.test(c) : !/\d/.test(c)));
  const found = text.charAt(at);
  if (at === 0) return invalid(`证书编号第1位应为Y或S，收到“${found}”。请核对，${EXAMPLE}`);
  if (at === 15) return invalid(`证书编号第16位为等级，应为1至5或字母，收到“${found}”`);
  return invalid(`证书编号第${at + 1}位应为数字，收到“${found}”${/[OIL]/.test(found) ? '(数字0、1易误认为字母O、I、L)' : ''}`);
};

const otherNumber = (text: string): Fault | undefined => {
  if (isIdNumber(text) || IS_PERSONAL.test(text)) return personal;
  if (isUscc(text)) return other('这是统一社会信用代码，是单位的编号，不是证书编号。查询评价机构请用评价机构目录', 'GB 32100-2015');
  if (isInstitutionCode(text)) return other(`这是13位评价机构代码，是证书编号的前13位。请填写22位证书编号，${EXAMPLE}`);
  if (/^\d{16}$/.test(text)) {
    const level = /[1-5]/.test(text.charAt(10)) ? `(第11位为等级：${'一二三四五'.charAt(Number(text.charAt(10)) - 1)}级)` : '';
    return elsewhere(`16位数字是职业资格证书的编号${level}，或专项职业能力证书的编号，不在本平台登记。请到${NATIONAL}查询`, 'rules §2.2');
  }
  return undefined;
};

const faultOf = (text: string): Fault => {
  if (text === '') return invalid(`没有看到证书编号。证书编号应为1位字母加21位数字(${EXAMPLE})`);
  if (!/^[A-Z0-9]{1,100}$/.test(text)) return invalid(`证书编号只有字母和数字，应为1位字母加21位数字(${EXAMPLE})；一次查询一个编号`);
  if (text.length === 22) return ofLength22(text);
  return otherNumber(text) ?? invalid(`证书编号应为22位(1位字母加21位数字，${EXAMPLE})，收到${text.length}位`);
};

/** What is wrong with the text as a certificate number, in Chinese and without the text; undefined for a number of this register. */
export const certificateNumberFault = (typed: string): string | undefined => {
  const text = typedCertificateNumber(typed);
  return isCertificateNumber(text) ? undefined : faultOf(text).message;
};

/**
 * The number that is asked about. Refuses `certificate.number_invalid`, `certificate.number_elsewhere` (another province, a 职业资格 number,
 * 特级), `certificate.number_personal` (an ID number), `certificate.number_other` (a code of an institution). No refusal contains the text.
 */
export const askedCertificateNumber = (typed: string, field = 'number'): CertificateNumber => {
  if (isCertificateNumber(typed)) return typed;
  const text = typedCertificateNumber(typed);
  if (isCertificateNumber(text)) return text;
  const { reason, message, rule = NUMBER_RULE } = faultOf(text);
  const detail: RefusalDetail = { field, rule };
  throw new Refusal('invalid', reason, message, detail);
};
