import { formatSigned } from '../../words/format-values';
import { words } from '../../words/words';
import css from './EffectBars.module.css';
import { shareColour } from './share-colour';
import tools from './tools.module.css';
import type { ListedValue } from './top-list';

interface EffectBarsProps {
  readonly effects: readonly ListedValue[];
  readonly chosen: number | null;
  readonly onChoose: (filter: number) => void;
}

/** Filters by what muting each does to the logit: bars to the left lower it, to the right raise it. */
export function EffectBars({ effects, chosen, onChoose }: EffectBarsProps) {
  const reach = effects.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const { filter, ranking } = words.viewer.tools;
  return (
    <ol className={css.bars}>
      {effects.map(({ index, value }) => {
        const share = reach > 0 ? value / reach : 0;
        const place = share < 0 ? { right: '50%' } : { left: '50%' };
        return (
          <li key={index}>
            <button
              type="button"
              className={`button ${tools.chip}`}
              aria-pressed={index === chosen}
              aria-label={filter(index)}
              onClick={() => {
                onChoose(index);
              }}
            >
              {index}
            </button>
            <span className={css.track} aria-hidden="true">
              <span style={{ ...place, width: `${Math.abs(share) * 50}%`, background: shareColour(share) }} />
            </span>
            <span className={css.number}>
              <span>{formatSigned(value)}</span>
              <span className="visually-hidden">{value < 0 ? ranking.lowers : ranking.raises}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
