import type { ReactNode } from 'react';

/** A table that is wider than officers' screens scrolls within itself; the region has a name and is reached by keyboard. */
export const Wide = ({ label, children }: { label: string; children: ReactNode }) => (
  <div role="region" aria-label={label} tabIndex={0} className="wide">
    {children}
  </div>
);
