/** Google's woff2 as WebAssembly; the package has no types. */
declare module 'wawoff2' {
  export const decompress: (woff2: Uint8Array) => Promise<Uint8Array>;
}
