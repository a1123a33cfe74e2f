// Finding an institution by name or code; the same in every form. The form gives id, value and onChange.
import { Select } from 'antd';
import { useState } from 'react';
import { api } from '../api';
import { useLoaded } from '../use-loaded';

interface Asked {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (code: string) => void;
  /** True where it is fixed by something else, such as a case. */
  readonly fixed?: boolean;
}

export const InstitutionSelect = ({ id, value, onChange, fixed = false }: Asked) => {
  const [search, setSearch] = useState(value ?? '');
  const found = useLoaded(() => api.institutions(search), [search]);
  const options = (found.value?.items ?? []).map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      value={value ?? null}
      onChange={(code) => onChange?.(code ?? '')}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={found.busy}
      disabled={fixed}
      options={options}
      placeholder="输入名称或机构代码查找"
    />
  );
};
