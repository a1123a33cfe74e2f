// What may be uploaded as each kind of evidence (证据种类), in words for the screen that has the button. Enforcement decides by the bytes of
// the file; its spec compares this table with its own.
import type { EvidenceKind } from '../generated/hengji/enforcement/v1/case';

const SCANS = 'PDF、OFD、JPEG、PNG、TIFF';
const TEXTS = `${SCANS}、Word（docx）、Word（doc）、文本`;
const TABLES = 'Excel（xlsx）、Excel（xls）、CSV';
const RECORDINGS = 'MP4、MP3、WAV、M4A';
const EVERYTHING = `${TEXTS}、${TABLES}、PowerPoint（pptx）、${RECORDINGS}、ZIP`;

export const EVIDENCE_FILE_WORDS = {
  DOCUMENTARY: `${TEXTS}、${TABLES}`,
  PHYSICAL: 'PDF、JPEG、PNG、TIFF、MP4',
  AUDIO_VISUAL: `${RECORDINGS}、JPEG、PNG`,
  ELECTRONIC: EVERYTHING,
  TESTIMONY: `${TEXTS}、${RECORDINGS}`,
  STATEMENT: `${TEXTS}、${RECORDINGS}`,
  EXPERT_OPINION: `${TEXTS}、${TABLES}`,
  INSPECTION_RECORD: `${TEXTS}、${RECORDINGS}`,
  OTHER: EVERYTHING,
} as const satisfies Record<Exclude<EvidenceKind, 'UNSPECIFIED'>, string>;
