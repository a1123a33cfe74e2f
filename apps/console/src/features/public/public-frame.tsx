import { Space } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** Header of the pages that need no sign-in. */
export const PublicFrame = ({ children }: { children: ReactNode }) => (
  <>
    <header style={{ background: '#0b2f57', padding: '14px 20px', display: 'flex', gap: 24, alignItems: 'center' }}>
      <span className="brand">辽宁省职业技能评价 · 公众服务</span>
      <Space size="large">
        <Link to="/verify" style={{ color: '#fff' }}>
          证书查验
        </Link>
        <Link to="/directory" style={{ color: '#fff' }}>
          机构目录与公告
        </Link>
        <Link to="/orders" style={{ color: '#fff' }}>
          工作人员登录
        </Link>
      </Space>
    </header>
    <main className="page">{children}</main>
  </>
);
