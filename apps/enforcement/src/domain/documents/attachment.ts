// What may be attached to a case: at most 5 MB, of a kind that can be opened in twenty years and runs nothing.
import { Refusal } from '@hengji/domain-kit';

export const MOST_BYTES = 5 * 1024 * 1024;
const LONGEST_NAME = 200;

export const MEDIA_TYPES = [
  'application/pdf',
  'application/ofd',
  'application/zip',
  'application/json',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'image/jpeg',
  'image/png',
  'text/csv',
  'text/plain',
  'audio/mpeg',
  'video/mp4',
  'application/octet-stream',
] as const;

const CONTROL = /[\p{Cc}\p{Cf}/\\]/u;

/** Refuses `attachment.empty`, `attachment.too_large`, `attachment.name_invalid`, `attachment.type_unknown`. */
export const checkAttachment = ({ name, mediaType, bytes }: { name: string; mediaType: string; bytes: number }): void => {
  if (bytes === 0) throw new Refusal('invalid', 'attachment.empty', '附件没有内容', { field: 'content', rule: '行政处罚法第四十六条' });
  if (bytes > MOST_BYTES)
    throw new Refusal('tooMuch', 'attachment.too_large', '附件不能超过5MB，请拆分后分别上传', {
      field: 'content',
      rule: 'case_service.proto AddAttachment',
    });
  if (name.trim() === '' || name.length > LONGEST_NAME || CONTROL.test(name))
    throw new Refusal('invalid', 'attachment.name_invalid', `附件名不能为空，不超过${LONGEST_NAME}字，不含路径符号`, {
      field: 'name',
      rule: 'case_service.proto AddAttachment',
    });
  if (!MEDIA_TYPES.some((known) => known === mediaType))
    throw new Refusal('invalid', 'attachment.type_unknown', `不接受“${mediaType}”类型的附件`, {
      field: 'media_type',
      rule: MEDIA_TYPES.join(' | '),
    });
};
