// The one card of a page: its title is the page's heading and the browser tab's name, so that people who hear the page or keep
// many tabs know where they are.
import { Card } from 'antd';
import { type ReactNode, useEffect } from 'react';

interface Asked {
  /** Plain text, for the tab. */
  readonly title: string;
  /** What stands beside the heading: states, badges. */
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
