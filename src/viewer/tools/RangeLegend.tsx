import { colourMapGradient, type ColourMapName } from '../../domain/colour-map';
import css from './RangeLegend.module.css';
import tools from './tools.module.css';

interface RangeLegendProps {
  readonly colourMap: ColourMapName;
  /** At the left end, in the middle, at the right end. */
  readonly numbers: readonly [string, string, string];
  /** What the numbers are, with their unit. */
  readonly unit: string;
}

/** Which colour is which number, in words of the caller. */
export function RangeLegend({ colourMap, numbers, unit }: RangeLegendProps) {
  const [low, middle, high] = numbers;
  return (
    <div className={css.legend}>
      <div className={css.bar} style={{ background: colourMapGradient(colourMap) }} aria-hidden="true" />
      <div className={css.numbers}>
        <span>{low}</span>
        <span>{middle}</span>
        <span>{high}</span>
      </div>
      <p className={tools.small}>{unit}</p>
    </div>
  );
}
