import { Button } from 'antd';
import type { MouseEvent } from 'react';
import { useHref, useNavigate } from 'react-router';

/** A link that looks like the page's main button. It is one element, so that Tab stops once, and Ctrl still opens a new tab. */
export const LinkButton = ({ to, label }: { to: string; label: string }) => {
  const href = useHref(to);
  const navigate = useNavigate();
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate(to);
  };
  return (
    <Button type="primary" href={href} onClick={go}>
      {label}
    </Button>
  );
};
