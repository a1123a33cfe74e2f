// Selecting occupations (职业) of the 2022 dictionary by name, pinyin initials or the beginning of a code; shown with the name beside the
// code.
import { Select } from 'antd';
import { occupationLabel, searchOccupations } from '@hengji/province';
import { useState } from 'react';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The occupations that match the typed text; a matching trade is named beside its occupation. Chosen occupations keep their label. */
export const occupationOptions = (typed: string, chosen: readonly string[]): Option[] => {
  const found = searchOccupations(typed).map(({ code, trade }) => ({
    value: code,
    label: trade === undefined ? occupationLabel(code) : `${occupationLabel(code)}（${trade}）`,
  }));
  const others = chosen.filter((code) => !found.some(({ value }) => value === code));
  return [...found, ...others.map((code) => ({ value: code, label: occupationLabel(code) }))];
};

interface Asked<Value> {
  readonly value?: Value;
  readonly onChange?: (value: Value) => void;
  /** Set by the form's item. */
  readonly id?: string;
}

const HINT = '名称、拼音首字母或者编码';

export const OccupationSelect = ({ value, onChange, id }: Asked<string | undefined>) => {
  const [typed, setTyped] = useState('');
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      aria-label="职业"
      placeholder={HINT}
      value={value}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={occupationOptions(typed, value === undefined ? [] : [value])}
      notFoundContent={typed === '' ? HINT : '没有这个职业'}
      style={{ minWidth: 260 }}
    />
  );
};

export const OccupationsSelect = ({ value = [], onChange, id }: Asked<string[]>) => {
  const [typed, setTyped] = useState('');
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      allowClear
      placeholder={HINT}
      value={value}
      onChange={(chosen: string[]) => onChange?.(chosen)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={occupationOptions(typed, value)}
      notFoundContent={typed === '' ? HINT : '没有这个职业'}
      style={{ minWidth: 240 }}
    />
  );
};
