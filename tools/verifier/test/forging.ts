// How the specs forge: they make a sample file with real keys and change some of its statements before these are signed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyring, type Keyring, type Statement } from '@hengji/host';
import { checkFile } from '../src/check-file';
import { sampleFiles, type Forgery, type SampleFiles } from './sample-files';

export const [ORDER, LIFTING, RECEIPT] = ['hengji.order.v1', 'hengji.lifting.v1', 'hengji.receipt.v1'] as const;
export const [FENCE, RESIDUAL] = ['hengji.fence.v1', 'hengji.residual.v1'] as const;
export const [AFFECTED, CONTRADICTIONS] = ['hengji.affected.v1', 'hengji.contradictions.v1'] as const;
export const COMPLETION = 'hengji.completion.v2';

export const EARLY = '2020-01-01T00:00:00.000Z';
export const LATE = '2030-01-01T00:00:00.000Z';

export type Fields = Record<string, unknown>;
export const entries = (value: unknown): Fields[] => value as Fields[];

/** Every statement of the type is changed before it is signed. */
export const changing = (type: string, change: (statement: Fields) => void): Forgery => ({
  alter: (statement) => {
    const copy = structuredClone(statement) as Fields;
    if (copy['type'] === type) change(copy);
    return copy as unknown as Statement;
  },
});

export const saying = (type: string, change: Fields): Forgery => changing(type, (statement) => Object.assign(statement, change));

/** Combines two forgeries of one certificate. */
export const both = (one: Forgery, other: Forgery): Forgery => ({
  ...{ ...one, ...other },
  alter: (statement) => {
    const altered = one.alter?.(statement) ?? statement;
    return other.alter?.(altered) ?? altered;
  },
});

/** The suite's own keys, and the checks that a forged sample fails. */
export const forging = () => {
  const folder = mkdtempSync(join(tmpdir(), 'forged-'));
  const keys: Keyring = keyring(folder);
  afterAll(() => rmSync(folder, { recursive: true }));
  const failed = (file: string): string[] =>
    checkFile(Buffer.from(file), keys.list())
      .all.filter(({ ok }) => !ok)
      .map(({ check }) => check);
  const forged = (forgery: Forgery, kind: keyof SampleFiles = 'completion'): string[] =>
    failed(sampleFiles(keys, 'ED25519', forgery)[kind]);
  return { keys, forged };
};
