import type { ReactNode } from 'react';

/** Holds a table that may be wider than the screen: it scrolls here, never the page. */
export function ScrollTable({ labelledBy, children }: { readonly labelledBy: string; readonly children: ReactNode }) {
  return (
    // Without a tab stop a keyboard cannot scroll it (axe: scrollable-region-focusable).
    <div className="table-scroll" tabIndex={0} role="region" aria-labelledby={labelledBy}>
      {children}
    </div>
  );
}
