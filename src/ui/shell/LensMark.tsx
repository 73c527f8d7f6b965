import css from './Header.module.css';

/** The app's mark: a dermatoscope's ring with its ticks, and the grid of filter maps inside. */
export function LensMark({ sizePx = 30 }: { readonly sizePx?: number }) {
  return (
    <svg className={css.lensMark} viewBox="0 0 32 32" width={sizePx} height={sizePx} aria-hidden="true">
      <circle cx="16" cy="16" r="12.5" fill="none" stroke="currentColor" strokeWidth="2.2" />
      <path d="M16 .8v4M16 27.2v4M.8 16h4M27.2 16h4" stroke="currentColor" strokeWidth="2.2" />
      <g fill="currentColor">
        <rect x="9.5" y="9.5" width="5.6" height="5.6" opacity=".45" />
        <rect x="16.9" y="9.5" width="5.6" height="5.6" />
        <rect x="9.5" y="16.9" width="5.6" height="5.6" opacity=".75" />
        <rect x="16.9" y="16.9" width="5.6" height="5.6" opacity=".25" />
      </g>
    </svg>
  );
}
