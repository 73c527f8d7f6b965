import { COLOUR_MAPS } from '../../domain/colour-map';
import type { ScaleScope } from '../../domain/colour-scale';
import { FILTER_ORDERS, type FilterOrder } from '../../domain/filter-order';
import { isConvolution, type NetworkShape } from '../../domain/network';
import type { AtlasLayout, PhotoChoice } from '../../domain/view-route';
import { ChoiceSelect, type Choice } from '../../viewer/ChoiceSelect';
import { FoldOnPhone } from '../../viewer/FoldOnPhone';
import { LayerPicker } from '../../viewer/LayerPicker';
import { useApp, useAppState, useNetwork } from '../app-context';
import type { ShownMaps } from './MapsShown';

const SCALES: readonly Choice<ScaleScope>[] = [
  { value: 'map', label: 'each map' },
  { value: 'layer', label: 'the layer' },
  { value: 'both', label: 'both photos' },
  { value: 'tutorial', label: 'tutorial (mean ± 5 deviations)' },
];

const LAYOUTS: readonly Choice<AtlasLayout>[] = [
  { value: 'fit', label: 'fitted' },
  { value: 'mosaic', label: 'mosaic, 8 or 16 wide' },
];

const PHOTOS: Readonly<Record<PhotoChoice, string>> = {
  a: 'A alone',
  b: 'B alone',
  both: 'A and B',
  difference: 'difference B − A',
};

const ORDERS: Readonly<Record<FilterOrder, string>> = {
  index: 'filter number',
  mean: 'mean',
  max: 'greatest value',
  active: 'active share',
  difference: 'difference of A and B',
  effect: 'effect on the score',
  spot: 'value at the spot',
};

/** Which maps are shown, and how. Layer and scale are always at hand. */
export function ToolbarView({ shown }: { readonly shown: ShownMaps | null }) {
  const { flow } = useApp();
  const view = useAppState((state) => state.view);
  const hasSecond = shown !== null && shown.b !== null;
  const network = useNetwork();
  const missing = missingBasis(network, shown);
  return (
    <div className="viewer-toolbar">
      <LayerPicker network={network} layer={view.layer} onSelect={(layer) => void flow.view.selectLayer(layer)} />
      {shown !== null && (
        <>
          <ChoiceSelect
            label="Scale of colours"
            testId="scale-select"
            value={view.scale}
            choices={SCALES.map((choice) =>
              choice.value === 'both' && !hasSecond ? { ...choice, missing: 'needs photo B' } : choice,
            )}
            onSelect={(scale) => flow.view.set({ scale })}
          />
          <FoldOnPhone summary="Order, colours, photos, layout" className="viewer-toolbar-more">
            <ChoiceSelect
              label="Order"
              testId="order-select"
              value={view.order}
              choices={FILTER_ORDERS.map((value) => ({ value, label: ORDERS[value], missing: missing[value] }))}
              onSelect={(order) => flow.view.set({ order })}
            />
            <ChoiceSelect
              label="Photos"
              testId="photos-select"
              value={shown.photos}
              choices={(['a', 'b', 'both', 'difference'] as const).map((value) => ({
                value,
                label: PHOTOS[value],
                missing: value === 'a' || hasSecond ? undefined : 'needs photo B',
              }))}
              onSelect={(photos) => flow.view.set({ photos })}
            />
            <ChoiceSelect
              label="Layout"
              testId="layout-select"
              value={view.layout}
              choices={LAYOUTS}
              onSelect={(layout) => flow.view.set({ layout })}
            />
            <ChoiceSelect
              label="Colours"
              testId="colour-map-select"
              value={view.colourMap}
              choices={COLOUR_MAPS.map((value) => ({ value, label: value }))}
              onSelect={(colourMap) => flow.view.set({ colourMap })}
            />
            <label className="check">
              <input
                type="checkbox"
                data-testid="hide-dead"
                checked={view.hideDead}
                onChange={({ target }) => flow.view.set({ hideDead: target.checked })}
              />
              Hide silent (dead) maps
            </label>
          </FoldOnPhone>
        </>
      )}
    </div>
  );
}

/** What an order lacks: it cannot be chosen until that is there. */
function missingBasis(network: NetworkShape, shown: ShownMaps | null): Readonly<Partial<Record<FilterOrder, string>>> {
  if (shown === null) return {};
  return {
    ...(shown.b === null || shown.a === null ? { difference: 'needs photo B' } : {}),
    ...(isConvolution(network, shown.layer)
      ? shown.effects === null
        ? { effect: 'rank the filters first' }
        : {}
      : { effect: 'convolutions only' }),
    ...(shown.spotCell === null ? { spot: 'choose a spot first' } : {}),
  };
}
