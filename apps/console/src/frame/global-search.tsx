// One field for what one has in hand: an institution by name or code, a certificate by its number, a case or an order by its number.
// What is recognised by its form is opened at once; of a name the institutions are offered.
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { loadList } from '../lists/lists-api';
import { useMe } from '../me';
import { placeOf } from './menu';
import { addressOf } from './search-target';

const SHORTEST = 2;

export const GlobalSearch = () => {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const navigate = useNavigate();
  const { role } = useMe();
  const mayFind = placeOf(role, '/institutions') !== undefined;
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: () => loadList.institutions({ search: asked, limit: '20' }),
    enabled: mayFind && asked.length >= SHORTEST && addressOf(asked) === undefined,
  });
  const go = (address: string): void => {
    setText('');
    setAsked('');
    void navigate(address);
  };
  const search = (): void => {
    const address = addressOf(text);
    if (address !== undefined) go(address);
    else setAsked(text.trim());
  };
  const options = (found.data?.items ?? []).map((one) => ({ value: `/institutions/${one.code}`, label: `${one.name} ${one.code}` }));
  return (
    <AutoComplete
      className="search"
      value={text}
      options={options}
      onChange={setText}
      onSelect={go}
      notFoundContent={found.isSuccess && found.data.items.length === 0 ? '没有找到' : null}
    >
      <Input.Search
        aria-label="全局搜索"
        placeholder={mayFind ? '机构名称或代码、证书编号' : '证书编号'}
        maxLength={100}
        loading={found.isFetching}
        onSearch={search}
      />
    </AutoComplete>
  );
};
