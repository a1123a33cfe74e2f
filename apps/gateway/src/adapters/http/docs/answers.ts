// What the routes answer, for the OpenAPI document: contract messages as JSON. Their fields are read off the generated
// codecs' empty messages, so that no message is described a second time by hand.
import { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import { Attachment, Case, Deadline, Document } from '@hengji/contracts/enforcement/v1/case';
import {
  ListLeftRecordsResponse_LeftItem as LeftRecord,
  Order,
  PreviewDriftResponse_DriftedRow as DriftedRow,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Plan, Result } from '@hengji/contracts/exam/v1/exam';
import { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import {
  ConfirmDiscardResponse,
  DiscardedMessage,
  Gap,
  ConfirmGroupDiscardResponse,
  DiscardGroup,
  GetParkedResponse,
  ListParkedGroupsResponse,
  ParkedMessage,
  ReplayParkedResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import { CountPaymentsResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';

export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  description?: string;
  required?: string[];
  properties?: Record<string, Schema | { $ref: string }>;
  items?: Schema | { $ref: string };
}

const fieldSchema = (value: unknown): Schema => {
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number' || typeof value === 'bigint') return { type: 'integer' };
  if (typeof value === 'string' || value instanceof Uint8Array) return { type: 'string' };
  // Absent until set (a time, a nested message), or a list of whatever the contract says.
  return Array.isArray(value) ? { type: 'array', items: {} } : {};
};

const message = (name: string, codec: { fromPartial(empty: object): object }): Schema => ({
  type: 'object',
  description: `${name} of proto/ as JSON: times RFC 3339, counts and fen as integers, bytes as hex`,
  properties: Object.fromEntries(Object.entries(codec.fromPartial({})).map(([key, value]) => [key, fieldSchema(value)])),
});

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const MESSAGES = {
  ...{ Actor, Institution, PublicNotice, Plan, Result, Certificate, Payment, Recovery, Order, AgencyMessage, ParkedMessage, Gap },
  ...{ Case, Document, Deadline, Attachment, LeftRecord, DriftedRow },
  ...{ ConfirmDiscardResponse, DiscardedMessage, GetParkedResponse, ReplayParkedResponse },
  ...{ ConfirmGroupDiscardResponse, DiscardGroup, ListParkedGroupsResponse },
  ...{ CountRecordsResponse, CountCertificatesResponse, CountPaymentsResponse, CountUploadsResponse },
};

/** Component schemas by name. */
export const CONTRACT_SCHEMAS: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(Object.entries(MESSAGES).map(([name, codec]) => [name, message(name, codec)])),
  Counts: {
    type: 'object',
    properties: {
      exam: ref('CountRecordsResponse'),
      certificate: ref('CountCertificatesResponse'),
      subsidy: ref('CountPaymentsResponse'),
      exchange: ref('CountUploadsResponse'),
    },
  },
  Parked: {
    type: 'object',
    properties: {
      services: { type: 'array', items: { type: 'object', properties: { messages: { type: 'array', items: ref('ParkedMessage') } } } },
    },
  },
  CompletionCertificate: { type: 'object', description: '执行完成证明: the signed statement; check it with `npx hengji-verify <file>`' },
  Proof: { type: 'object', description: '存证文件: that one record is in a receipt; check it with `npx hengji-verify <file>`' },
  TrustedKeys: { type: 'object', description: 'Public keys of the services with their ids and times of validity' },
  File: { type: 'string', description: 'Bytes' },
  PublicAnswer: {
    type: 'object',
    description:
      'The public answer of verify: status valid, void or unknown; since when and by which notice; `occupationName` and `levelName` are the words of the codes. Nothing about a person; `nameMatches` only when a name was asked with it',
  },
};

/** `Plan` → that schema; `Plan[]` → a page of it. */
export const answerSchema = (answers: string): Schema | { $ref: string } => {
  const name = answers.replace('[]', '');
  if (name === '') return {};
  if (!(name in CONTRACT_SCHEMAS)) throw new Error(`no schema for answer ${answers}`);
  return answers.endsWith('[]')
    ? {
        type: 'object',
        properties: { items: { type: 'array', items: ref(name) }, next: { type: 'string', description: 'Cursor, empty at the end' } },
      }
    : ref(name);
};
