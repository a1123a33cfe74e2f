// A code as people read it. Of an id that only programs compare, the first characters are enough; the whole id is the title.
import { shortCode } from '../words/field-words';

export const Code = ({ value }: { value: string }) => (
  <span className="mono" {...(shortCode(value) === value ? {} : { title: value })}>
    {shortCode(value)}
  </span>
);
