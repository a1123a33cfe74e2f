// By whom each field of a certificate is signed. hengji-verify checks a field against what a service signed, or the field
// rests on enforcement's signature alone. A forger with enforcement's key can change the second kind and not the first.
// This spec tests both kinds, and docs/PROOF.md lists the second.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from '@hengji/host';
import { both, changing, COMPLETION, entries, forging, LIFTING, ORDER, type Fields } from '../../../tools/verifier/test/forging';
import type { Forgery } from '../../../tools/verifier/test/sample-files';
import { completionStatement, liftingStatement, orderStatement } from '../src/adapters/statements';
import { completed, liftedIn, NOW } from './orders';

const { forged } = forging();
const PROOF = readFileSync(join(__dirname, '../../../docs/PROOF.md'), 'utf8');

/** The value that a forger writes. `agreeing`: in the order and in the certificate alike. */
interface Field {
  readonly as: unknown;
  readonly agreeing?: boolean;
}

const OTHER = '另一个';
const ROOT = 'cd'.repeat(32);

/** Fields that rest on enforcement's signature alone. */
const WORD = {
  order: {
    documentNo: { as: OTHER, agreeing: true },
    institutionName: { as: OTHER, agreeing: true },
    caseId: { as: OTHER },
    interim: { as: true },
    authority: { as: '2102' },
    grounds: { as: ['CERTIFICATES_TRADED'] },
    reason: { as: OTHER },
    urgency: { as: OTHER },
    endCondition: { as: OTHER },
    rectifyBy: { as: '2030-01-01' },
    supersedes: { as: OTHER },
    draftedBy: { as: OTHER },
    draftedAt: { as: '2026-01-01T00:00:00.000Z' },
    signedBy: { as: OTHER },
    package: { as: [] },
  },
  'order.rows': { signedRoot: { as: ROOT }, signedFen: { as: '1' }, signedPeople: { as: '1' } },
  lifting: { documentNo: { as: OTHER }, ground: { as: 'COURT' }, reason: { as: OTHER }, liftedBy: { as: OTHER } },
  completion: { version: { as: '7' }, filed: { as: [{ table: 'case_entry', id: '1', sha256: ROOT }] } },
} as const satisfies Record<string, Record<string, Field>>;

/** Checked: against what services signed, against the verifier's own table of demands, or by the order of all times. */
const CHECKED = {
  order: {
    ...{ type: { as: 'hengji.x.v1' }, orderId: { as: OTHER }, epoch: { as: '8' }, scope: { as: { institution: OTHER } } },
    ...{ measures: { as: ['CLOSE_PLANS'] }, signedAt: { as: '2030-01-01T00:00:00.000Z' }, sealedAt: { as: '2020-01-01T00:00:00.000Z' } },
    rows: { as: [] },
  },
  'order.rows': {
    ...{ row: { as: '99' }, measure: { as: 'RECTIFY' }, service: { as: 'subsidy' }, effect: { as: 'CLOSE_PLANS' }, afterRow: { as: '9' } },
    ...{ undoesRow: { as: '9' }, signedCount: { as: '4' } },
  },
  lifting: {
    ...{
      type: { as: 'hengji.x.v1' },
      orderId: { as: OTHER },
      lifting: { as: '2' },
      epoch: { as: '8' },
      scope: { as: { institution: OTHER } },
    },
    ...{ measures: { as: ['CLOSE_PLANS'] }, whole: { as: false }, liftedAt: { as: '2030-01-01T00:00:00.000Z' } },
    ...{ sealedAt: { as: '2020-01-01T00:00:00.000Z' }, rows: { as: [] } },
  },
  completion: {
    ...{ type: { as: 'hengji.x.v1' }, orderId: { as: OTHER }, documentNo: { as: OTHER }, institution: { as: 'S000021010009' } },
    ...{ institutionName: { as: OTHER }, outcome: { as: 'COMPLETED_PARTLY_LIFTED' }, issuedAt: { as: '2020-01-01T00:00:00.000Z' } },
    ...{ times: { as: {} }, decisions: { as: [] }, fences: { as: [] }, receipts: { as: [] }, residual: { as: [] } },
    ...{ crossChecks: { as: [] }, liftings: { as: [] } },
  },
} as const satisfies Record<string, Record<string, Field>>;

type Part = keyof typeof WORD;
const PARTS = Object.keys(WORD) as Part[];

/** Some of these files can no longer be parsed. */
const failing = (forgery: Forgery): string[] => {
  try {
    return forged({ lifted: true, ...forgery });
  } catch (failure) {
    return [String(failure)];
  }
};

const forging1 = (part: Part, name: string, { as, agreeing = false }: Field): Forgery => {
  const set = (statement: Fields): unknown => Object.assign(statement, { [name]: as });
  const setRow = (statement: Fields): unknown => Object.assign(entries(statement['rows'])[1] as Fields, { [name]: as });
  if (part === 'order.rows') return changing(ORDER, setRow);
  const one = changing({ order: ORDER, lifting: LIFTING, completion: COMPLETION }[part], set);
  return agreeing ? both(one, changing(COMPLETION, set)) : one;
};

const cases = (table: Readonly<Record<Part, Readonly<Record<string, Field>>>>): [Part, string, Field][] =>
  PARTS.flatMap((part) => Object.entries(table[part]).map(([name, field]): [Part, string, Field] => [part, name, field]));

it.each(cases(WORD))('%s %s rests on enforcement’s signature: its key alone changes it, and PROOF.md lists it', (part, name, field) => {
  expect(failing(forging1(part, name, field))).toEqual([]);
  const section = PROOF.slice(PROOF.indexOf('**What is enforcement’s word**'), PROOF.indexOf('Certificates of before are'));
  expect(section).toContain(`\`${name}\``);
});

it.each(cases(CHECKED))('%s %s is checked: a change with enforcement’s key alone is detected', (part, name, field) => {
  expect(failing(forging1(part, name, field))).not.toEqual([]);
});

it('every field that is signed is in exactly one of the two lists', () => {
  const order = completed();
  const { next } = liftedIn(order);
  const [lifting] = next.liftings;
  if (!lifting) throw new Error('nothing was lifted');
  const packed = { name: 'a', mediaType: 'b', bytes: 1n, sha256: Buffer.of(1), documentId: 'd', attachmentId: '' };
  const sealed = orderStatement(order, NOW, [packed]);
  const statements: Record<Part, object> = {
    order: sealed,
    'order.rows': sealed.rows[0] ?? {},
    lifting: liftingStatement(next, lifting, NOW),
    completion: completionStatement(order, [], { version: 1, issuedAt: NOW, filed: [] }) as unknown as Statement,
  };
  for (const part of PARTS) {
    const listed = [...Object.keys(WORD[part]), ...Object.keys(CHECKED[part])];
    expect([part, ...listed.sort()]).toEqual([part, ...Object.keys(statements[part]).sort()]);
  }
});
