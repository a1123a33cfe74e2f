import { Button, Card, Space, Typography } from 'antd';
import { Link } from 'react-router';
import { Problem } from '../../http';
import { ProblemAlert } from '../../problem-alert';

/** The link to sign-in; the identity provider has the sign-in page itself. */
export const SignInPage = ({ problem }: { problem: Error | null }) => {
  const needsSignIn = problem instanceof Problem && problem.status === 401;
  const back = encodeURIComponent(window.location.pathname);
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100vh' }}>
      <Card style={{ width: 420 }}>
        <Typography.Title level={1} style={{ marginTop: 0, fontSize: 24 }}>
          衡技 · 职业技能评价监管平台
        </Typography.Title>
        {!needsSignIn && <ProblemAlert problem={problem} />}
        <Space orientation="vertical" size="middle" style={{ width: '100%' }}>
          <Typography.Text className="quiet">请使用统一身份认证登录。</Typography.Text>
          <Button type="primary" size="large" block href={`/api/sign-in?return=${back}`}>
            登录
          </Button>
          <Link to="/verify">公众查验证书</Link>
          <Link to="/directory">评价机构目录与公告</Link>
        </Space>
      </Card>
    </main>
  );
};
