// The kinds of evidence (证据种类) in a case, and the accepted file types of each: 行政处罚法第四十六条, and other documents of
// a case (design). libs/procedure detects the type of a file from its bytes.

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SLIDES = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

const SCANS = ['application/pdf', 'application/ofd', 'image/jpeg', 'image/png', 'image/tiff'] as const;
const TEXTS = [...SCANS, WORD, 'application/msword', 'text/plain'] as const;
const TABLES = [EXCEL, 'application/vnd.ms-excel', 'text/csv'] as const;
const RECORDINGS = ['video/mp4', 'audio/mpeg', 'audio/wav', 'audio/mp4'] as const;
const EVERYTHING = [...TEXTS, ...TABLES, SLIDES, ...RECORDINGS, 'application/zip'] as const;

export const EVIDENCE_KINDS = {
  DOCUMENTARY: { title: '书证', types: [...TEXTS, ...TABLES] },
  PHYSICAL: { title: '物证', types: ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff', 'video/mp4'] },
  AUDIO_VISUAL: { title: '视听资料', types: [...RECORDINGS, 'image/jpeg', 'image/png'] },
  ELECTRONIC: { title: '电子数据', types: EVERYTHING },
  TESTIMONY: { title: '证人证言', types: [...TEXTS, ...RECORDINGS] },
  STATEMENT: { title: '当事人的陈述', types: [...TEXTS, ...RECORDINGS] },
  EXPERT_OPINION: { title: '鉴定意见', types: [...TEXTS, ...TABLES] },
  INSPECTION_RECORD: { title: '勘验笔录、现场笔录', types: [...TEXTS, ...RECORDINGS] },
  OTHER: { title: '其他材料', types: EVERYTHING },
} as const;

export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

export const EVIDENCE_WORDS = Object.keys(EVIDENCE_KINDS) as readonly EvidenceKind[];
/** The kinds of 行政处罚法第四十六条; other documents of a case prove nothing. */
export const EVIDENCE_OF_LAW: readonly EvidenceKind[] = EVIDENCE_WORDS.filter((kind) => kind !== 'OTHER');
