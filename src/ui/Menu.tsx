import { useEffect, useRef, type ReactNode } from 'react';
import css from './Menu.module.css';

interface MenuProps {
  readonly label: string;
  /** Of the details element, whose summary opens it. */
  readonly testId: string;
  /** The button's own look, for instance that of a small one. */
  readonly className?: string;
  /** It closes when this changes: what it was opened for has happened. */
  readonly closeOn?: unknown;
  readonly children: ReactNode;
}

/**
 * A button that opens a panel with more, below the nearest positioned ancestor's lower edge. It closes by Escape, by a press
 * elsewhere, and when what it was opened for has happened.
 */
export function Menu({ label, testId, className = '', closeOn, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const closeOutside = ({ target }: PointerEvent): void => {
      if (menu.current !== null && !(target instanceof Node && menu.current.contains(target))) menu.current.open = false;
    };
    const closeByKey = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape' || menu.current?.open !== true || !menu.current.contains(document.activeElement)) return;
      menu.current.open = false;
      menu.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('keydown', closeByKey);
    };
  }, []);
  useEffect(() => {
    const element = menu.current;
    // What a dialog that was opened from here shows goes with its opener: the dialog closes first.
    if (element?.open !== true || element.querySelector('dialog[open]') !== null) return;
    if (element.contains(document.activeElement)) element.querySelector('summary')?.focus({ preventScroll: true });
    element.open = false;
  }, [closeOn]);
  return (
    <details ref={menu} className={css.menu} data-testid={testId}>
      <summary className={`button ${className}`}>
        <span>{label}</span>
        <svg className={css.arrow} viewBox="0 0 10 6" width="10" height="6" aria-hidden="true">
          <path d="M1 1l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </summary>
      <div className={css.panel}>{children}</div>
    </details>
  );
}
