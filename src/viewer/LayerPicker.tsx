import { layerBeside, type NetworkShape } from '../domain/network';
import { words } from '../words/words';
import { ChevronIcon } from './ChevronIcon';
import { groupLayers } from './layer-groups';
import css from './stepper.module.css';

interface LayerPickerProps {
  readonly network: NetworkShape;
  readonly layer: string;
  readonly onSelect: (layer: string) => void;
}

/** Chooses a layer by its name, or goes to the next or the one before. */
export function LayerPicker({ network, layer, onSelect }: LayerPickerProps) {
  const { label, previous, next, block: blockName, choice } = words.viewer.layers;
  return (
    <div className={css.stepper}>
      <StepButton to={layerBeside(network, layer, -1)} name={previous} direction="left" onSelect={onSelect} />
      <select
        aria-label={label}
        data-testid="layer-select"
        value={layer}
        onChange={({ target }) => {
          onSelect(target.value);
        }}
      >
        {groupLayers(network).map(({ block, layers }) => (
          <optgroup key={block} label={blockName(block)}>
            {layers.map(({ name, side, channels }) => (
              <option key={name} value={name}>
                {choice(name, channels, side)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <StepButton to={layerBeside(network, layer, 1)} name={next} direction="right" onSelect={onSelect} />
    </div>
  );
}

interface StepButtonProps {
  readonly to: string | null;
  readonly name: string;
  readonly direction: 'left' | 'right';
  readonly onSelect: (layer: string) => void;
}

function StepButton({ to, name, direction, onSelect }: StepButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      aria-disabled={to === null}
      onClick={() => {
        if (to !== null) onSelect(to);
      }}
    >
      <ChevronIcon direction={direction} />
    </button>
  );
}
