// Header and menu of the signed-in pages. The menu is a table of role → entries.
import { authorityShortName } from '@hengji/province';
import { App, Button, Layout, Menu, Space, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { api } from './api';
import { useMe } from './me';
import { ROLES, wordOf } from './words/field-words';
import type { Answers } from './http';

const ENTRIES = [
  { path: '/orders', label: '处理决定', roles: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR', 'INSTITUTION'] },
  { path: '/cases', label: '案件', roles: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR', 'INSTITUTION'] },
  { path: '/deadlines', label: '期限看板', roles: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR', 'INSTITUTION'] },
  { path: '/institutions', label: '评价机构', roles: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR', 'INSTITUTION'] },
  { path: '/messages', label: '部门交换', roles: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR', 'OPERATOR'] },
  { path: '/parked', label: '滞留消息', roles: ['PROVINCE_OFFICER', 'OPERATOR', 'AUDITOR'] },
  { path: '/verify', label: '公众查验', roles: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR', 'INSTITUTION', 'OPERATOR'] },
] as const;

/** The entries of a role, in the order of the menu. */
const entriesOf = (me: Answers['Actor']) => ENTRIES.filter((entry) => (entry.roles as readonly string[]).includes(me.role));

/** Where a person begins: the first page that the role may see. */
export const homeOf = (me: Answers['Actor']): string => entriesOf(me)[0]?.path ?? '/verify';

/** Leaves in any case; who could not be signed out everywhere has to know it before. */
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
  const { pathname } = useLocation();
  const signOut = useSignOut();
  const items = entriesOf(me).map((entry) => ({
    key: entry.path,
    label: <Link to={entry.path}>{entry.label}</Link>,
  }));
  return (
    <Layout style={{ minHeight: '100vh', background: 'transparent' }}>
      <a className="skip-link" href="#content">
        跳到内容
      </a>
      <Layout.Header style={{ display: 'flex', alignItems: 'center', gap: 24 }}>
        <span className="brand">衡技 · 职业技能评价监管平台</span>
        <Menu
          theme="dark"
          mode="horizontal"
          items={items}
          selectedKeys={items.map((item) => item.key).filter((key) => pathname.startsWith(key))}
          style={{ flex: 1, minWidth: 0 }}
        />
        <Space>
          <Typography.Text style={{ color: '#fff' }}>
            {me.name} · {wordOf(ROLES, me.role)} · {me.institution || authorityShortName(me.authority)}
          </Typography.Text>
          <Button size="small" onClick={() => void signOut()}>
            退出
          </Button>
        </Space>
      </Layout.Header>
      <main id="content" className="page" tabIndex={-1}>
        {children}
      </main>
    </Layout>
  );
};
