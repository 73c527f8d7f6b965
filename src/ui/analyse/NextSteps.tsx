import { convolutionsOf } from '../../domain/network';
import { words } from '../../words/words';
import { useNetwork } from '../app-context';
import css from './NextSteps.module.css';

export function NextSteps() {
  const network = useNetwork();
  const convolutions = convolutionsOf(network);
  const filters = convolutions.reduce((sum, { channels }) => sum + channels, 0);
  const { title, scaled, looked, result } = words.analyse.nextSteps;
  return (
    <ol className={css.steps} aria-label={title}>
      <li>{scaled(network.input.side)}</li>
      <li>{looked(convolutions.length)}</li>
      <li>{result(filters)}</li>
    </ol>
  );
}
