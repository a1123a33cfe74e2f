// Re-exported from domain-kit for the browser and the contracts, which cannot import domain-kit.
export { typedText } from '@hengji/domain-kit';
export {
  addWorkingDays,
  calendarOf,
  dayBefore,
  daysIn,
  isWeekend,
  NATIONAL,
  workingDaysBetween,
  type Calendar,
  type CalendarYear,
} from './calendar/calendar';
export { checkCalendarYear, countsOf, type YearClaim, type YearCounts } from './calendar/check-year';
export { readCalendarYear, writeCalendarYear } from './calendar/read-year';
export { dueOn, endOf, endOfDay, isNoShorter, writeAmount, type End, type Limit, type Unit } from './calendar/limits';
export { PUBLISHED_CALENDAR, PUBLISHED_YEARS } from './calendar/published-years';
export { statutoryHolidays } from './calendar/statutory-holidays';
export { askedCertificateNumber, certificateNumberFault, typedCertificateNumber } from './codes/asked-number';
export { typedSearch } from './codes/typed-search';
export {
  certificateNumber,
  isCertificateNumber,
  parseCertificateNumber,
  type CertificateNumber,
  type CertificateNumberParts,
} from './codes/certificate-number';
export {
  checkInstitutionCode,
  checkNotReserved,
  INSTITUTION_CLASSES,
  INSTITUTION_LETTERS,
  institutionCodeOf,
  institutionCodeParts,
  isInstitutionCode,
  type InstitutionClass,
  type InstitutionCode,
  type InstitutionCodeParts,
} from './codes/institution-code';
export { pastedNumbers, type PastedNumber } from './codes/pasted-numbers';
export { isPersonalUscc, isUscc, isWrongCheckUscc, usccCheckCharacter, usccFault } from './codes/uscc';
export { checkForeseeable, checkHappened, type DayAt, type Foreseeable } from './day-bounds';
export { EFFECT_WORDS } from './effect-words';
export {
  accessWarning,
  EVALUATION_KINDS,
  isEvaluationKind,
  kindObstacle,
  kindOfOccupation,
  type EvaluationKind,
  type KindObstacle,
} from './evaluation-kinds';
export { filingObstacle, type FilingObstacle } from './filing-obstacles';
export { isAppointedLevel, isCertificateLevel, isReviewedLevel, levelName, LEVELS } from './levels';
export { yuan, yuanInCapitals } from './money';
export { CLAUSES, type ClauseId } from './notice';
export { checkCurrentOccupation, checkOccupation, isOccupation, occupationLabel, occupationName } from './occupations/codes';
export { findEntry, tradesOf, TREE_LEVELS, type DictionaryEntry, type TreeLevel } from './occupations/dictionary';
export { searchOccupations, type FoundOccupation } from './occupations/search';
export { evaluatedOccupations, findEvaluated, type Occupation } from './occupations/standards';
export { idCheckCharacter, isIdNumber } from './people/citizen-id';
export { amountInWords, dateInWords, listedInWords, NOTICE, NOTICE_ISSUED, remediesInWords } from './official-words';
export { checkIdOf, ID_KINDS, isIdOf, maskIdOf, type IdKind } from './people/id-kinds';
export { institutionNameFault, nameFault } from './people/name-faults';
export { checkName, fitsMask, maskName, namedPerson, type NamedPerson } from './people/named-person';
export { areaName, CITY_CODES, cityName, isArea, type CityCode } from './places/areas';
export {
  AUTHORITIES,
  authorityName,
  authorityShortName,
  findAuthority,
  isAuthority,
  isInTerritory,
  PROVINCE,
  SHENFU,
  type Authority,
} from './places/authorities';
export { isReached, isRole, reachOf, REACH, ROLES, type Place, type Reach, type Role } from './places/reach';
export { isSameName, typedCode, typedDocumentNo, typedInstitutionName, typedName, typedNumber, typedOccupationCode } from './typed';
export { versionOn, type DatedVersion } from './versions';
