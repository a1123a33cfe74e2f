// Several lists on one page: the address contains the tab beside the list's own parameters, and another tab begins without these
// parameters.
import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly children: ReactNode;
}

export const ListTabs = ({ tabs }: { tabs: readonly Tab[] }) => {
  const [params, setParams] = useSearchParams();
  const open = params.get('tab') ?? tabs[0]?.key ?? '';
  // Hidden lists would read the same address.
  return <Tabs destroyOnHidden activeKey={open} onChange={(tab) => setParams({ tab })} items={[...tabs]} />;
};
