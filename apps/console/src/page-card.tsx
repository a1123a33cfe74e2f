// The one card of a page. Its title is the page's heading and the name of the browser tab, for screen readers and for people with many
// tabs.
import { Card } from 'antd';
import { type ReactNode, useEffect } from 'react';

interface Asked {
  /** Plain text, for the browser tab. */
  readonly title: string;
  /** Content beside the heading: states, badges. */
  readonly beside?: ReactNode;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

export const PageCard = ({ title, beside, extra, children }: Asked) => {
  useEffect(() => {
    document.title = `${title} · 衡技`;
  }, [title]);
  return (
    <Card
      title={
        <div className="row">
          <h1 className="heading">{title}</h1>
          {beside}
        </div>
      }
      extra={extra}
    >
      {children}
    </Card>
  );
};
