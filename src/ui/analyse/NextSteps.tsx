import { convolutionsOf } from '../../domain/network';
import { useNetwork } from '../app-context';

export function NextSteps() {
  const network = useNetwork();
  const { side } = network.input;
  const convolutions = convolutionsOf(network);
  const filters = convolutions.reduce((sum, { channels }) => sum + channels, 0);
  return (
    <ol className="next-steps" aria-label="What happens with a photo">
      <li>
        The largest centred square of the photo is scaled to {side}×{side} pixels.
      </li>
      <li>A network of {convolutions.length} convolution layers looks at it, here on this device.</li>
      <li>
        You get its score for malignant, how often it errs, and what each of its {filters.toLocaleString('en')} filters saw.
      </li>
    </ol>
  );
}
