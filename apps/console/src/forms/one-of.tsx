// A choice of one of a few visible words. A radio group works with keyboard and screen reader; antd's select does not, because its list is
// elsewhere in the page. The form sets value and onChange.
import { Radio } from 'antd';

interface Asked<T extends string> {
  readonly label: string;
  readonly words: Readonly<Record<T, string>>;
  readonly id?: string;
  readonly value?: T;
  readonly onChange?: (chosen: T) => void;
}

export const OneOf = <T extends string>({ label, words, id, value, onChange }: Asked<T>) => (
  <Radio.Group
    {...(id === undefined ? {} : { id })}
    aria-label={label}
    className="steps"
    value={value}
    options={Object.entries<string>(words).map(([word, said]) => ({ value: word, label: said }))}
    onChange={(event) => onChange?.(event.target.value as T)}
  />
);
