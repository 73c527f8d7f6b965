import { useEffect, useRef, type KeyboardEvent } from 'react';
import css from './TabStrip.module.css';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

interface TabStripProps<Id extends string> {
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly label: string;
  /** Ids of tab and panel in the page are made of it: see `tabDomId` and `panelDomId`. */
  readonly idPrefix: string;
  readonly onSelect: (id: Id) => void;
}

export function tabDomId(idPrefix: string, id: string): string {
  return `${idPrefix}-tab-${id}`;
}

export function panelDomId(idPrefix: string, id: string): string {
  return `${idPrefix}-panel-${id}`;
}

/** Tabs of which one is open; arrow keys, Home and End move and open at once. A narrow screen scrolls the strip sideways. */
export function TabStrip<Id extends string>({ tabs, selected, label, idPrefix, onSelect }: TabStripProps<Id>) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    // Not scrollIntoView: that would move the page too.
    if (strip.current && tab) strip.current.scrollLeft = tab.offsetLeft - (strip.current.clientWidth - tab.offsetWidth) / 2;
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const current = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[placeAfter(event.key, current, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    strip.current?.querySelector<HTMLElement>(`#${CSS.escape(tabDomId(idPrefix, next.id))}`)?.focus();
  };
  return (
    <div className={css.strip} role="tablist" aria-label={label} ref={strip}>
      {tabs.map(({ id, label: name }) => (
        <button
          key={id}
          type="button"
          role="tab"
          className={css.tab}
          id={tabDomId(idPrefix, id)}
          data-testid={`tool-${id}`}
          aria-selected={id === selected}
          aria-controls={id === selected ? panelDomId(idPrefix, id) : undefined}
          tabIndex={id === selected ? 0 : -1}
          onKeyDown={onKeyDown}
          onClick={() => {
            onSelect(id);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** Round the ends, as the ARIA authoring practices have it. */
function placeAfter(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (current + 1) % count;
    case 'ArrowLeft':
      return (current - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
