import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDay } from '@hengji/domain-kit';
import { isCertificateNumber, isIdNumber, isInstitutionCode, isUscc } from '@hengji/province';
import { placeBeside } from './certificate';
import { institutions } from './institutions';
import { SIZES, certificates, enrolments, payments, plans, shares, totalsOf, uploads } from './records';
import { PLACES } from './places';

const small = shares(SIZES.small);
const all = <T>(walk: (share: (typeof small)[number]) => Iterable<T>): T[] => small.flatMap((share) => [...walk(share)]);
const hash = (id: string): string => `p${id}`;

describe('the sample province', () => {
  it('has exactly the certificates of its size, and a tenth of them at the first institution', () => {
    for (const size of Object.values(SIZES)) {
      const parts = shares(size);
      expect(parts.reduce((sum, part) => sum + part.certificates, 0)).toBe(size);
      expect(parts[0]?.certificates).toBe(size / 10);
      expect(Math.max(...parts.slice(1).map((part) => part.certificates))).toBeLessThan(size / 10);
    }
  });

  it('has institutions of every authority with correct codes', () => {
    const list = institutions(SIZES.small);
    // The check must also pass when the sample is loaded in later years.
    expect(institutions(SIZES.small, new Date('2031-06-01T00:00:00Z')).every(({ validUntil }) => validUntil > '2031-06-01')).toBe(true);
    expect(new Set(list.map((one) => one.authority))).toEqual(new Set(PLACES.map((place) => place.authority)));
    expect(list.filter((one) => !isUscc(one.uscc) || !isInstitutionCode(one.code))).toEqual([]);
    expect(new Set(list.map((one) => one.code)).size).toBe(list.length);
    expect(new Set(list.map((one) => one.uscc)).size).toBe(list.length);
  });

  it('has people with valid and different ID numbers', () => {
    const ids = all(enrolments).map((one) => one.candidate.idNumber);
    expect(ids.filter((id) => !isIdNumber(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has certificates with valid and different numbers, each of a passed result of a plan', () => {
    const planIds = new Set(all(plans).map(({ plan }) => plan.planId));
    const list = all(certificates).map((one) => one.certificate);
    expect(list).toHaveLength(SIZES.small);
    expect(new Set(list.map((one) => one.number)).size).toBe(SIZES.small);
    expect(list.filter((one) => !isCertificateNumber(one.number) || !isDay(one.issuedOn) || !planIds.has(one.planId))).toEqual([]);
    expect(list.filter((one) => one.number.slice(13, 15) !== one.issuedOn.slice(2, 4))).toEqual([]);
  });

  it('yields exactly the totals that it announces', () => {
    expect(totalsOf(small)).toEqual({
      institutions: small.length,
      plans: all(plans).length,
      results: all(enrolments).length,
      certificates: SIZES.small,
    });
  });

  it('pays and uploads only for certificates, and yields the same rows every time', () => {
    const numbers = new Set(all(certificates).map((one) => one.certificate.number));
    const paid = all((share) => payments(share, hash));
    const uploaded = all((share) => uploads(share, hash));
    expect(paid.every((one) => numbers.has(one.certificateNumber) && one.fen > 0n)).toBe(true);
    expect(uploaded.every((one) => numbers.has(one.number))).toBe(true);
    expect(paid).toEqual(all((share) => payments(share, hash)));
  });
});

describe('the completion certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-place-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is saved beside the platform's data, or in a separate folder if that place is not writable", () => {
    expect(placeBeside(join(folder, 'keys'))).toBe(folder);
    for (const keysFolder of [undefined, '/proc/none/keys']) {
      const own = placeBeside(keysFolder);
      expect(own.startsWith(join(tmpdir(), 'hengji-certificate-'))).toBe(true);
      rmSync(own, { recursive: true });
    }
  });
});
