import type { ReactNode } from 'react';

/** A region that scrolls a table wider than officers' screens; the region has a name and keyboard users can focus it. */
export const Wide = ({ label, children }: { label: string; children: ReactNode }) => (
  <div role="region" aria-label={label} tabIndex={0} className="wide">
    {children}
  </div>
);
