// The plans of an order's scope, found by name or number among those of the institution.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { loadList } from '../../lists/lists-api';

interface Asked {
  readonly institution: string;
  /** Set by the form. */
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (plans: string[]) => void;
}

export const PlanField = ({ institution, id, value = [], onChange }: Asked) => {
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: ['plans-of', institution, search],
    queryFn: () => loadList.plans({ institution, search, limit: '50' }),
    enabled: institution !== '',
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map(({ planId, name, examDate }) => ({
    value: planId,
    label: `${planId} ${name} ${examDate}`,
  }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value}
      onChange={(plans: string[]) => onChange?.(plans)}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={found.isFetching}
      options={options}
      notFoundContent={found.error?.message ?? (institution === '' ? '请先选择评价机构' : '没有符合的计划')}
      placeholder="输入计划名称或编号查找，可选多个"
    />
  );
};
