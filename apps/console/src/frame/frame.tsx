// The frame of the signed-in pages: the person and the search field at the top, the menu at the side, the breadcrumbs above the page.
import { authorityShortName } from '@hengji/province';
import { App, Button, Space, Typography } from 'antd';
import type { ReactNode } from 'react';
import { api } from '../api';
import { useMe } from '../me';
import { ROLES, wordOf } from '../words/field-words';
import { Breadcrumbs } from './breadcrumbs';
import { GlobalSearch } from './global-search';
import { SideMenu } from './side-menu';

/** Leaves the console in any case; a person whose sign-out did not reach every gateway is informed first. */
const useSignOut = () => {
  const { modal } = App.useApp();
  return async (): Promise<void> => {
    try {
      await api.signOut();
    } catch (problem) {
      const content = problem instanceof Error ? problem.message : String(problem);
      await modal.warning({ title: '退出登录未全部完成', content, okText: '知道了' });
    }
    window.location.assign('/');
  };
};

export const Frame = ({ children }: { children: ReactNode }) => {
  const me = useMe();
  const signOut = useSignOut();
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        跳到内容
      </a>
      <header className="top">
        <span className="brand">衡技 · 职业技能评价监管平台</span>
        <GlobalSearch />
        <Space>
          <Typography.Text style={{ color: '#fff' }}>
            {me.name} · {me.post || wordOf(ROLES, me.role)} · {me.institution || authorityShortName(me.authority)}
          </Typography.Text>
          <Button size="small" onClick={() => void signOut()}>
            退出
          </Button>
        </Space>
      </header>
      <SideMenu />
      <main id="content" className="content" tabIndex={-1}>
        <Breadcrumbs />
        {children}
      </main>
    </div>
  );
};
