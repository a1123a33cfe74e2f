import type { CertificateNumber, InstitutionCode } from '@hengji/province';
import { drawNumbers, LAST_SEQUENCE, seriesOf } from './series';

const SERIES = { institution: 'S000021010003' as InstitutionCode, year: '26', level: '4' };
const refused = expect.objectContaining({ kind: 'conflict', reason: 'certificate.numbers_exhausted' }) as Error;

describe('a series of certificate numbers', () => {
  it('begins with 000001', () => {
    expect(drawNumbers(SERIES, 0, 2)).toEqual({ numbers: ['S000021010003264000001', 'S000021010003264000002'], last: 2 });
  });

  it('ends with 999999, which is still drawn', () => {
    expect(drawNumbers(SERIES, LAST_SEQUENCE - 1, 1)).toEqual({ numbers: ['S000021010003264999999'], last: LAST_SEQUENCE });
    expect(() => drawNumbers(SERIES, LAST_SEQUENCE - 1, 2)).toThrow(refused);
    expect(() => drawNumbers(SERIES, LAST_SEQUENCE, 1)).toThrow(refused);
  });

  it('of 特级技师 and 首席技师 has its own letter, so that no number is that of another level', () => {
    const drawn = ['1', 'T', 'S'].flatMap(
      (level) => drawNumbers({ ...SERIES, institution: 'Y000021010003' as InstitutionCode, level }, 0, 1).numbers,
    );
    expect(drawn).toEqual(['Y000021010003261000001', 'Y00002101000326T000001', 'Y00002101000326S000001']);
    expect(drawn.map((number) => seriesOf(number).level)).toEqual(['1', 'T', 'S']);
  });

  it('draws no number when none is requested', () => {
    expect(drawNumbers(SERIES, LAST_SEQUENCE, 0)).toEqual({ numbers: [], last: LAST_SEQUENCE });
  });

  it('is read from a number', () => {
    expect(seriesOf('S000021010003264000017' as CertificateNumber)).toEqual({ ...SERIES, sequence: 17 });
  });
});
