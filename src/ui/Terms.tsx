import { useId, useState } from 'react';
import type { TermName } from '../words/en/term-words';
import { words } from '../words/words';
import css from './Terms.module.css';

/** Words of the field as buttons; a press shows what one means, and where that is from. */
export function Terms({ names }: { readonly names: readonly TermName[] }) {
  const [open, setOpen] = useState<TermName | null>(null);
  const id = useId();
  const says = words.terms;
  const shown = open === null || !names.includes(open) ? null : says.list[open];
  return (
    <div className={css.terms}>
      <div className={css.row} role="group" aria-labelledby={`${id}-title`}>
        <span className="small soft" id={`${id}-title`}>
          {says.title}
        </span>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className={`button small ${css.term}`}
            data-testid={`term-${name}`}
            title={says.list[name].about}
            aria-expanded={open === name}
            aria-controls={`${id}-about`}
            onClick={() => {
              setOpen(open === name ? null : name);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || open === null) return;
              event.preventDefault();
              setOpen(null);
            }}
          >
            {says.list[name].name}
          </button>
        ))}
      </div>
      <div id={`${id}-about`} role="status">
        {shown !== null && (
          <p className={css.about}>
            <span>{shown.about}</span> <span className="soft">{says.source}</span>{' '}
            <a href={shown.href} rel="noreferrer" target="_blank">
              {shown.source}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}
