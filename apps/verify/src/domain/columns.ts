// Rows of numbers in typed arrays, in pages: growing never copies existing rows, and a row is not an object.

const PAGE_BITS = 16;
const PAGE_ROWS = 1 << PAGE_BITS;
const IN_PAGE = PAGE_ROWS - 1;

type NumericArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

export interface Column {
  get(row: number): number;
  set(row: number, value: number): void;
}

const column = (newPage: () => NumericArray): Column => {
  const pages: NumericArray[] = [];
  return {
    get: (row) => pages[row >>> PAGE_BITS]?.[row & IN_PAGE] ?? 0,
    set: (row, value) => {
      const page = (pages[row >>> PAGE_BITS] ??= newPage());
      page[row & IN_PAGE] = value;
    },
  };
};

export const bytes = (): Column => column(() => new Uint8Array(PAGE_ROWS));
export const shorts = (): Column => column(() => new Uint16Array(PAGE_ROWS));
export const words = (): Column => column(() => new Uint32Array(PAGE_ROWS));
export const doubles = (): Column => column(() => new Float64Array(PAGE_ROWS));

/** Fixed-length byte strings, e.g. 16 bytes for a pseudonym's 32 hex digits. */
export const hexes = (length: number) => {
  const pages: Uint8Array[] = [];
  return {
    set: (row: number, hex: string): void => {
      const page = (pages[row >>> PAGE_BITS] ??= new Uint8Array(PAGE_ROWS * length));
      const at = (row & IN_PAGE) * length;
      for (let i = 0; i < length; i += 1) page[at + i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) || 0;
    },
    get: (row: number): string => {
      const page = pages[row >>> PAGE_BITS];
      if (!page) return '';
      const at = (row & IN_PAGE) * length;
      return Array.from(page.subarray(at, at + length), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
};
