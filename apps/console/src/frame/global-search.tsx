// One search field: an institution by name, pinyin or code, an order or a case by its document number, a certificate by its number. A
// number of a known form opens its page at once; any other text opens the search results.
import { Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '../me';
import { placeOf } from './place';
import { addressOf } from './search-target';

export const GlobalSearch = () => {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const mayFind = placeOf(useMe(), '/institutions') !== undefined;
  const search = (): void => {
    const typed = text.trim();
    const address = addressOf(typed) ?? (mayFind && typed !== '' ? `/search?q=${encodeURIComponent(typed)}` : undefined);
    if (address === undefined) return;
    setText('');
    void navigate(address);
  };
  return (
    <Input.Search
      className="search"
      aria-label="全局搜索"
      placeholder={mayFind ? '机构、文号、案号、证书编号' : '证书编号'}
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={search}
    />
  );
};
