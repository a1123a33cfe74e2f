// Request shapes of reconsiderations (行政复议) and suits (行政诉讼). Enforcement's tables decide what each step needs.
import { Measure } from '@hengji/contracts/enforcement/v1/order';
import { RemedyKind, RemedyResult, RemedyStep, StayedBy } from '@hengji/contracts/enforcement/v1/remedy';
import { z } from 'zod';
import { DAY_OR_EMPTY, ID, ID_OR_EMPTY, TEXT, known, list } from '../fields';
import { SCOPE } from '../orders/shapes';

export const OPEN_REMEDY = {
  orderId: ID_OR_EMPTY.default(''),
  kind: known(RemedyKind),
  follows: ID_OR_EMPTY.default(''),
  applicant: TEXT(200).default(''),
  body: TEXT(200).default(''),
  bodyNo: TEXT(200).default(''),
  receivedOn: DAY_OR_EMPTY.default(''),
  text: TEXT(5_000).default(''),
  attachmentIds: list(ID),
} as const;

export const REMEDY_STEP = {
  step: known(RemedyStep),
  day: DAY_OR_EMPTY.default(''),
  documentNo: TEXT(200).default(''),
  text: TEXT(5_000).default(''),
  attachmentIds: list(ID),
  stayedBy: z.enum(StayedBy).default('UNSPECIFIED'),
  result: z.enum(RemedyResult).default('UNSPECIFIED'),
  servedOn: DAY_OR_EMPTY.default(''),
  measures: z.array(known(Measure)).max(9).default([]),
  scope: SCOPE.optional(),
} as const;
