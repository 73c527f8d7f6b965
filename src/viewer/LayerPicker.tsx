import { useId } from 'react';
import { isMapLayerName, MAP_LAYERS, type MapLayerName } from '../domain/network';
import { ChevronIcon } from './ChevronIcon';
import { LAYER_GROUPS } from './layer-groups';

interface LayerPickerProps {
  readonly layer: MapLayerName;
  readonly onSelect: (layer: MapLayerName) => void;
}

/** Chooses a layer by its name, or goes to the next or the one before. */
export function LayerPicker({ layer, onSelect }: LayerPickerProps) {
  const id = useId();
  const index = MAP_LAYERS.findIndex(({ name }) => name === layer);
  return (
    <div className="field">
      <label htmlFor={id}>Layer</label>
      <div className="stepper">
        <StepButton to={MAP_LAYERS[index - 1]?.name} name="Previous layer" direction="left" onSelect={onSelect} />
        <select
          id={id}
          data-testid="layer-select"
          value={layer}
          onChange={({ target }) => {
            if (isMapLayerName(target.value)) onSelect(target.value);
          }}
        >
          {LAYER_GROUPS.map(({ block, layers }) => (
            <optgroup key={block} label={`Block ${block}`}>
              {layers.map(({ name, side, channels }) => (
                <option key={name} value={name}>
                  {`${name} · ${channels} of ${side}×${side}`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <StepButton to={MAP_LAYERS[index + 1]?.name} name="Next layer" direction="right" onSelect={onSelect} />
      </div>
    </div>
  );
}

interface StepButtonProps {
  readonly to: MapLayerName | undefined;
  readonly name: string;
  readonly direction: 'left' | 'right';
  readonly onSelect: (layer: MapLayerName) => void;
}

function StepButton({ to, name, direction, onSelect }: StepButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      aria-disabled={to === undefined}
      onClick={() => {
        if (to !== undefined) onSelect(to);
      }}
    >
      <ChevronIcon direction={direction} />
    </button>
  );
}
