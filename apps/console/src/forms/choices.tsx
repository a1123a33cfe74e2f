// Check boxes of which at least one must be chosen. antd's form marks the group as required in a way that ARIA does not define for groups;
// the label states it instead.
import { Checkbox } from 'antd';

interface Asked<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  /** Set by the form. */
  readonly id?: string;
  readonly value?: T[];
  readonly onChange?: (chosen: T[]) => void;
}

export const Choices = <T extends string>({ label, options, id, value, onChange }: Asked<T>) => (
  <Checkbox.Group
    {...(id === undefined ? {} : { id })}
    aria-label={label}
    className="choices"
    value={value ?? []}
    options={[...options]}
    onChange={(chosen) => onChange?.(chosen as T[])}
  />
);
