// Types of files that may be attached: formats that will still open in twenty years and execute nothing in a browser. A service allows some
// of them for each kind of evidence (AllowedTypes). recognise.ts recognises a type by its bytes.

export const MEDIA_TYPES = {
  'application/pdf': { title: 'PDF', endings: ['pdf'] },
  // 版式文档, GB/T 33190.
  'application/ofd': { title: 'OFD', endings: ['ofd'] },
  'image/jpeg': { title: 'JPEG', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  'image/png': { title: 'PNG', endings: ['png'] },
  'image/tiff': { title: 'TIFF', endings: ['tif', 'tiff'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { title: 'Word（docx）', endings: ['docx'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { title: 'Excel（xlsx）', endings: ['xlsx'] },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { title: 'PowerPoint（pptx）', endings: ['pptx'] },
  'application/msword': { title: 'Word（doc）', endings: ['doc', 'wps'] },
  'application/vnd.ms-excel': { title: 'Excel（xls）', endings: ['xls', 'et'] },
  'application/zip': { title: 'ZIP', endings: ['zip'] },
  'video/mp4': { title: 'MP4', endings: ['mp4', 'm4v'] },
  'audio/mpeg': { title: 'MP3', endings: ['mp3'] },
  'audio/wav': { title: 'WAV', endings: ['wav'] },
  'audio/mp4': { title: 'M4A', endings: ['m4a'] },
  'text/csv': { title: 'CSV', endings: ['csv'] },
  'text/plain': { title: '文本', endings: ['txt'] },
} as const satisfies Record<string, { readonly title: string; readonly endings: readonly string[] }>;

export type MediaType = keyof typeof MEDIA_TYPES;

/** The kinds of evidence (证据种类) of a service, and the types that each kind accepts. */
export type AllowedTypes<Kind extends string> = Readonly<Record<Kind, { readonly title: string; readonly types: readonly MediaType[] }>>;

/** The extension of the name, in lower case; empty if the name has none. */
export const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** `PDF、JPEG`: for people. */
export const titlesOf = (types: readonly MediaType[]): string => types.map((type) => MEDIA_TYPES[type].title).join('、');
