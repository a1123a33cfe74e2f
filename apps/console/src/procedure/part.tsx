import { Card } from 'antd';
import type { ReactNode } from 'react';

/** One part of a file's page, under a heading of its own. */
export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card size="small" title={<h2 className="heading">{title}</h2>}>
    {children}
  </Card>
);
