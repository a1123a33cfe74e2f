import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** Header of the pages that need no sign-in. */
export const PublicFrame = ({ children }: { children: ReactNode }) => (
  <>
    <header className="public-header">
      <div>
        <span className="brand">辽宁省职业技能评价 · 公众服务</span>
        <Link to="/verify">证书查验</Link>
        <Link to="/directory">机构目录与公告</Link>
        <Link to="/decisions">处理决定公示</Link>
        <Link to="/" style={{ marginLeft: 'auto' }}>
          工作人员入口
        </Link>
      </div>
    </header>
    <main className="page">{children}</main>
  </>
);
