import { Card } from 'antd';
import type { ReactNode } from 'react';

/** One section of a file's page, under its own heading. */
export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card size="small" title={<h2 className="heading">{title}</h2>}>
    {children}
  </Card>
);
