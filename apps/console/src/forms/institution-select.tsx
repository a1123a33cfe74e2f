// Selecting an institution by name or code; the same in every form. The form sets id, value and onChange.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { loadList } from '../lists/lists-api';

interface Asked {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (code: string) => void;
  /** True where something else sets the value, such as a case. */
  readonly fixed?: boolean;
}

export const InstitutionSelect = ({ id, value, onChange, fixed = false }: Asked) => {
  const [search, setSearch] = useState(value ?? '');
  const found = useQuery({
    queryKey: ['institutions', search],
    queryFn: () => loadList.institutions({ search, limit: '20' }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      value={value ?? null}
      onChange={(code) => onChange?.(code ?? '')}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={found.isFetching}
      disabled={fixed}
      options={options}
      notFoundContent={found.error?.message ?? (found.isFetching ? '正在查找' : '没有符合的机构')}
      placeholder="输入名称或机构代码查找"
    />
  );
};
