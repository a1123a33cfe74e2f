// Whether the bytes that pass are text, and text that a browser or a shell would execute.

/** Text has no control characters except tabs and line and page breaks; U+FEFF may begin it. */
const NO_TEXT = /[^\P{Cc}\t\r\n\f]/u;

/** Chinese Excel and Notepad write GB 18030; Excel's “Unicode text” is UTF-16 with a byte order mark. */
const ENCODINGS = [
  { encoding: 'utf-8', mark: '' },
  { encoding: 'gb18030', mark: '' },
  { encoding: 'utf-16le', mark: 'fffe' },
  { encoding: 'utf-16be', mark: 'feff' },
] as const;

/** The beginnings of web pages, pictures with scripts (SVG), XML and scripts. */
const EXECUTABLE =
  /^\s*(<(!doctype|!--|\?xml|\?php|html|head|body|svg|script|iframe|%)|#!|mime-version:|windows registry editor|@echo off)/i;
const BEGINNING = 1_024;

const textIn = ({ encoding, mark }: (typeof ENCODINGS)[number]) => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isText = true;
  let beginning = '';
  const look = (chunk?: Uint8Array): void => {
    if (!isText) return;
    try {
      const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      isText = !NO_TEXT.test(text);
      if (beginning.length < BEGINNING) beginning += text.slice(0, BEGINNING);
    } catch {
      isText = false;
    }
  };
  return { look, mark, isText: () => isText, isExecutable: () => EXECUTABLE.test(beginning) };
};

/** Reads the bytes as text in each encoding. */
export const textReader = () => {
  const texts = ENCODINGS.map(textIn);
  return {
    look: (chunk: Uint8Array): void => {
      for (const text of texts) text.look(chunk);
    },
    /** After all bytes. `head`: the first bytes. */
    found: (head: Buffer): 'text' | 'executable' | undefined => {
      for (const text of texts) text.look();
      const text = texts.find(({ isText, mark }) => isText() && head.toString('hex', 0, 2).startsWith(mark));
      if (!text) return undefined;
      return text.isExecutable() ? 'executable' : 'text';
    },
  };
};
