// The province's institutions: employers (Y) and social organisations (S) of every authority, with USCC, code, validity
// and scope. The first one, `CULPRIT`, holds a tenth of all certificates and is the subject of the order.
import { EvaluationKind, FilingStatus, type Institution, InstitutionClass, ScopeLine } from '@hengji/contracts/approval/v1/approval';
import { institutionCodeOf, occupationName, usccCheckCharacter } from '@hengji/province';
import { PLACES, type Place } from './places';
import { random } from './random';

/** Occupations of rules §4.2 with standards for all five levels and no access restriction. */
export const OCCUPATIONS: readonly { code: string; name: string }[] = [
  '6-31-01-03',
  '6-18-01-01',
  '6-18-01-02',
  '6-20-01-01',
  '6-28-01-14',
  '6-29-03-03',
  '6-30-05-01',
  '6-31-03-01',
  '4-01-06-01',
  '4-03-02-01',
  '4-03-02-02',
  '4-03-02-07',
  '4-04-05-05',
  '4-10-01-03',
  '4-10-01-05',
  '4-10-03-01',
  '4-10-03-02',
  '4-12-01-01',
  '4-02-06-01',
  '4-14-03-03',
].map((code) => ({ code, name: occupationName(code) ?? '' }));

const EMPLOYER_WORDS = ['重型机器', '船舶', '精密铸造', '化工', '电力设备', '轨道装备', '钢铁', '轴承', '汽车部件', '港口'];
const SOCIAL_WORDS = ['匠心', '启航', '百业', '技强', '卓工', '新程', '慧诚', '北方', '育才', '职达'];

/** The number of institutions in a province with this many certificates. */
export const institutionCount = (certificates: number): number => Math.min(400, Math.max(48, Math.round(Math.sqrt(certificates) * 0.48)));

const usccOf = (letter: 'Y' | 'S', area: string, running: number): string => {
  const body = `${letter === 'Y' ? '91' : '52'}${area}${letter === 'Y' ? 'MA' : 'MJ'}${String(running).padStart(7, '0')}`;
  return body + usccCheckCharacter(body);
};

const institution = (running: number, now: Date): Institution => {
  const place = PLACES[running % PLACES.length] as Place;
  const chance = random(`institution ${running}`);
  const letter = running === 0 || chance.chance(0.6) ? 'S' : 'Y';
  const area = place.areas[running % place.areas.length] ?? '210102';
  const word = chance.pick(letter === 'Y' ? EMPLOYER_WORDS : SOCIAL_WORDS);
  const first = chance.below(OCCUPATIONS.length);
  const lines = Array.from(
    { length: 3 + chance.below(4) },
    (_, i) => OCCUPATIONS[(first + i * 3) % OCCUPATIONS.length]?.code ?? '6-31-01-03',
  );
  return {
    code: institutionCodeOf(letter === 'Y' ? 'EMPLOYER' : 'SOCIAL', place.authority, running + 1),
    uscc: usccOf(letter, area, running + 1),
    name:
      letter === 'Y'
        ? `${place.name}${word}集团有限公司（示例${running + 1}）`
        : `${place.name}${word}职业技能评价中心（示例${running + 1}）`,
    institutionClass: letter === 'Y' ? InstitutionClass.EMPLOYER : InstitutionClass.SOCIAL,
    area,
    authority: place.authority,
    validFrom: '2024-01-01',
    // With a fixed date, all evaluation would end on that date, whenever the sample is loaded.
    validUntil: `${now.getUTCFullYear() + 1}-12-31`,
    scopeLines: [...new Set(lines)].map((occupation) =>
      ScopeLine.fromPartial({ kind: EvaluationKind.LEVEL_RECOGNITION, occupation, levels: ['5', '4', '3'] }),
    ),
    status: FilingStatus.UNSPECIFIED,
    holds: [],
    rectifyBy: '',
    removedBy: [],
    usccCheckedByHand: false,
  };
};

/** All institutions; the first is the one that holds a tenth of all certificates. */
export const institutions = (certificates: number, now = new Date()): Institution[] =>
  Array.from({ length: institutionCount(certificates) }, (_, running) => institution(running, now));
