// A form for people with the right to the act. Other people who open its address see this before they fill in the form.
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { type Permitted, useMe } from '../me';
import { PageCard } from '../page-card';
import { ROLES, wordOf } from '../words/field-words';

interface Asked {
  readonly act: Permitted;
  readonly title: string;
  readonly children: ReactNode;
}

export const OnlyFor = ({ act, title, children }: Asked) => {
  const me = useMe();
  if (me.permitted.includes(act)) return children;
  return (
    <PageCard title={title}>
      <Alert type="error" showIcon title={`${wordOf(ROLES, me.role)}不能${title}`} />
    </PageCard>
  );
};
