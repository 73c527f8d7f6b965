import { useId } from 'react';
import { CONV_LAYERS, isConvLayerName, type ConvLayerName } from '../domain/network';
import { ChevronIcon } from './ChevronIcon';
import { LAYER_GROUPS } from './layer-groups';

interface LayerPickerProps {
  readonly layer: ConvLayerName;
  readonly onSelect: (layer: ConvLayerName) => void;
}

export function LayerPicker({ layer, onSelect }: LayerPickerProps) {
  const id = useId();
  const index = CONV_LAYERS.findIndex(({ name }) => name === layer);
  const previous = CONV_LAYERS[index - 1]?.name;
  const next = CONV_LAYERS[index + 1]?.name;
  return (
    <div className="field">
      <label htmlFor={id}>Layer</label>
      <div className="stepper">
        <StepButton to={previous} name="Previous layer" direction="left" onSelect={onSelect} />
        <select
          id={id}
          data-testid="layer-select"
          value={layer}
          onChange={({ target }) => {
            if (isConvLayerName(target.value)) onSelect(target.value);
          }}
        >
          {LAYER_GROUPS.map(({ block, side, layers }) => (
            <optgroup key={block} label={`Block ${block}: maps of ${side}×${side}`}>
              {layers.map(({ name, channels }) => (
                <option key={name} value={name}>
                  {`${name} · ${channels} maps`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <StepButton to={next} name="Next layer" direction="right" onSelect={onSelect} />
      </div>
    </div>
  );
}

interface StepButtonProps {
  readonly to: ConvLayerName | undefined;
  readonly name: string;
  readonly direction: 'left' | 'right';
  readonly onSelect: (layer: ConvLayerName) => void;
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
