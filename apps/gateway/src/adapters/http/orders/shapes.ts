// Request shapes of orders (处理决定).
import { shapeOf } from '../answers';
import { LiftGround } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Measure } from '@hengji/contracts/enforcement/v1/order';
import { isCertificateLevel, isOccupation, typedOccupationCode } from '@hengji/province';
import { z } from 'zod';
import { CERTIFICATE_NUMBER, DAY_OR_EMPTY, GROUNDS, ID, ID_OR_EMPTY, INSTITUTION, REASON, TEXT, known, list } from '../fields';

/** Certificates of a pasted list. */
const MOST_NUMBERS = 10_000;

export const SCOPE = z.strictObject({
  institution: INSTITUTION,
  plans: list(ID),
  sessions: list(ID),
  occupationLevels: list(
    z.strictObject({
      occupation: z.string().transform(typedOccupationCode).refine(isOccupation, '应为职业分类大典中的职业编码(如6-31-01-03)'),
      level: z.string().refine(isCertificateLevel, '应为1至5、T或S'),
    }),
  ),
  persons: list(z.string().regex(/^[0-9a-f]{32}$/, '应为32位人员标识')),
  certificates: list(CERTIFICATE_NUMBER, MOST_NUMBERS),
  from: DAY_OR_EMPTY.default(''),
  until: DAY_OR_EMPTY.default(''),
});

// Enforcement checks that there is a measure and that the measures fit together.
export const DRAFT = {
  scope: SCOPE,
  measures: z.array(known(Measure)).max(9),
  grounds: GROUNDS,
  reason: TEXT(2_000).default(''),
  rectifyBy: DAY_OR_EMPTY.default(''),
  caseId: ID_OR_EMPTY.default(''),
  interim: z.boolean().default(false),
  urgency: TEXT(2_000).default(''),
  endCondition: TEXT(2_000).default(''),
  supersedes: ID_OR_EMPTY.default(''),
  title: TEXT(60).default(''),
} as const;

/** The version of the draft that the person read. */
const REVISION = z.number().int().min(1).max(1_000_000);
const { caseId: _, ...CONTENT } = DRAFT;

/** The whole new content of a draft; its case stays. */
export const EDIT = { ...CONTENT, revision: REVISION, repeatSteps: z.boolean().default(false) } as const;
export const DISCARD = { ...REASON, revision: REVISION } as const;
/** Scripts may leave the version out: nothing is compared then. */
export const SIGN = { revision: z.number().int().min(0).max(1_000_000).default(0) } as const;

/** The scope and the measures of the order that is to replace another. */
export const SUPERSEDING = { scope: SCOPE, measures: DRAFT.measures } as const;

/** A pasted list (粘贴的编号): any text, read by enforcement. */
export const NUMBERS = { institution: INSTITUTION, text: z.string().max(1_000_000) } as const;

/** A lifting of the whole order has neither scope nor measures. */
export const LIFT = {
  ...REASON,
  ground: z.enum(LiftGround).default('UNSPECIFIED'),
  scope: SCOPE.optional(),
  measures: z.array(known(Measure)).max(9).default([]),
} as const;
export const ROW_PARAM = {
  id: ID,
  row: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, '应为台账行号')
    .transform(Number),
} as const;
const ROW = z.number().int().min(1).max(999_999);
const RECORD = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, '不能有控制字符');
/** What the person saw of each row with drift; confirming without it is not possible here. */
export const SEEN = {
  seen: z
    .array(z.strictObject({ row: ROW, root: z.string().regex(/^([0-9a-f]{2}){1,64}$/, '应为十六进制的根') }))
    .min(1)
    .max(100),
} as const;
/** `?row=&record=`: which record of which receipt. */
export const PROOF = { row: ROW_PARAM.row, record: RECORD } as const;
export const DECIDE_LEFT = { row: ROW, recordId: RECORD, decision: TEXT(2_000).min(1) } as const;

export const COMPLETION_CERTIFICATE = shapeOf(
  'CompletionCertificate',
  z.looseObject({}),
  '执行完成证明: the signed statement; check it with `npx hengji-verify <file>`',
);
export const PROOF_FILE = shapeOf(
  'Proof',
  z.looseObject({}),
  '存证文件: that one record is in a receipt; check it with `npx hengji-verify <file>`',
);
