// What the system has understood of a typed name or number, shown before it is sent where it is more than spaces.
import { Form } from 'antd';
import { understoodAs } from './understood-as';

interface Props {
  readonly typed: string | undefined;
  /** The normalisation that the services use. */
  readonly read: (text: string) => string;
}

export const Understood = ({ typed, read }: Props) => {
  const understood = understoodAs(typed ?? '', read);
  return understood === undefined ? null : <span aria-live="polite">已识别为 {understood}</span>;
};

/** The same for a field of the form around it; for the field's `extra`. */
export const UnderstoodField = ({ name, read }: Pick<Props, 'read'> & { readonly name: string }) => (
  <Understood typed={Form.useWatch<string | undefined>(name)} read={read} />
);
