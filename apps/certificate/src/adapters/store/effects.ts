// The effects that an order may request from certificate, one row per effect.
import { TOPICS } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import type { CertificateEffect } from '@hengji/contracts/enforcement/v1/order';
import { type CrossChecks, type Effect, holdEffect, SCOPE_COLUMNS, stateEffect } from '@hengji/participation';
import sql from 'sql-template-tag';
import { CERTIFICATE_LIFECYCLE } from '../../domain/certificate';
import type { Tx } from './database';

/** How the scope of an order narrows certificates. */
export const SCOPE = { ...SCOPE_COLUMNS, certificate: 'number' };

type CertificateEffectWord = Exclude<CertificateEffect, 'UNSPECIFIED'>;

export const EFFECTS = {
  HOLD_ISSUING: holdEffect<CertificateEvent>({
    effect: 'HOLD_ISSUING',
    table: 'certificate',
    id: 'number',
    scope: SCOPE,
    person: sql`t.person`,
    topic: TOPICS.certificate,
    held: ({ orderId }) => ({ $case: 'issuingHeld', value: { orderId } }),
    released: ({ orderId }) => ({ $case: 'issuingReleased', value: { orderId } }),
  }),
  VOID_CERTIFICATES: stateEffect<CertificateEvent>({
    effect: 'VOID_CERTIFICATES',
    table: 'certificate',
    id: 'number',
    state: 'state',
    to: CERTIFICATE_LIFECYCLE.ISSUED.void,
    scope: SCOPE,
    person: sql`t.person`,
    facts: [
      ...['number', 'result_id', 'institution', 'plan_id', 'session_id', 'occupation', 'level'],
      ...['person', 'exam_date', 'issued_on', 'masked_name', 'sealed_holder'],
    ],
    fixed: true,
    // Void since the signature of the decision, not since the processing of this chunk.
    set: ({ signedAt, orderId, documentNo }) => ({ voided_at: signedAt, voided_by: orderId, void_document_no: documentNo }),
    unset: ['voided_at', 'voided_by', 'void_document_no'],
    topic: TOPICS.certificate,
    applied: ({ orderId, documentNo, signedAt }, numbers) => ({
      $case: 'certificatesVoided',
      value: { orderId, documentNo, voidedAt: signedAt, numbers: [...numbers] },
    }),
    undone: ({ orderId }, numbers) => ({ $case: 'certificatesReinstated', value: { orderId, numbers: [...numbers] } }),
    inherited: ({ voided_by, void_document_no, voided_at }, numbers) => ({
      $case: 'certificatesVoided',
      value: {
        orderId: String(voided_by),
        documentNo: String(void_document_no),
        voidedAt: new Date(String(voided_at)),
        numbers: [...numbers],
      },
    }),
  }),
} as const satisfies Record<CertificateEffectWord, Effect<Tx>>;

const VOIDED = sql`t.state = ${CERTIFICATE_LIFECYCLE.ISSUED.void}`;
const VOID = { effect: 'VOID_CERTIFICATES', table: 'certificate', id: 'number', scope: SCOPE, done: VOIDED };

/** The checks between services that enforcement requests from certificate (enforcement, domain/residual/cross-checks.ts). */
export const CROSS_CHECKS = {
  affected: {
    VOID_CERTIFICATE_STANDING_RESULT: { ...VOID, link: 'result_id' },
    VOID_CERTIFICATE_STANDING_UPLOAD: VOID,
    VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY: VOID,
  },
  contradictions: {
    CANCELLED_RESULT_VALID_CERTIFICATE: { table: 'certificate', link: 'result_id', contradicts: sql`NOT (${VOIDED})`, name: 'number' },
  },
} as const satisfies CrossChecks;
