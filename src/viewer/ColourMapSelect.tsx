import { useId } from 'react';
import { COLOUR_MAPS, type ColourMapName } from '../domain/colour-map';

interface ColourMapSelectProps {
  readonly colourMap: ColourMapName;
  readonly onSelect: (colourMap: ColourMapName) => void;
}

export function ColourMapSelect({ colourMap, onSelect }: ColourMapSelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Colours</label>
      <select
        id={id}
        data-testid="colour-map-select"
        value={colourMap}
        onChange={({ target }) => {
          const chosen = COLOUR_MAPS.find((name) => name === target.value);
          if (chosen !== undefined) onSelect(chosen);
        }}
      >
        {COLOUR_MAPS.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
