import { COLOUR_MAPS } from '../../domain/colour-map';
import type { ScaleScope } from '../../domain/colour-scale';
import { FILTER_ORDERS, type FilterOrder } from '../../domain/filter-order';
import { isConvolution, type NetworkShape } from '../../domain/network';
import type { AtlasLayout, PhotoChoice } from '../../domain/view-route';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { Menu } from '../Menu';
import type { ShownMaps } from './MapsShown';
import css from './ViewMenu.module.css';

const SCALES = ['map', 'layer', 'both', 'tutorial'] as const satisfies ScaleScope[];
const LAYOUTS = ['fit', 'mosaic'] as const satisfies AtlasLayout[];
const PHOTOS = ['a', 'b', 'both', 'difference'] as const satisfies PhotoChoice[];

/** How the maps are shown. */
export function ViewMenu({ shown }: { readonly shown: ShownMaps }) {
  const { flow } = useApp();
  const view = useAppState((state) => state.view);
  const hasSecond = shown.b !== null;
  const network = useNetwork();
  const missing = missingBasis(network, shown);
  const says = words.viewer.choices;
  return (
    <Menu label={says.title} testId="view-menu" className="small">
      {hasSecond && (
        <ChoiceSelect
          label={says.photos}
          testId="photos-select"
          value={shown.photos}
          choices={PHOTOS.map((value) => ({ value, label: says.photoChoices[value] }))}
          onSelect={(photos) => flow.view.set({ photos })}
        />
      )}
      <ChoiceSelect
        label={says.scale}
        testId="scale-select"
        value={view.scale}
        choices={SCALES.map((value) => ({
          value,
          label: says.scales[value],
          missing: value === 'both' && !hasSecond ? says.needsSecond : undefined,
        }))}
        onSelect={(scale) => flow.view.set({ scale })}
      />
      <ChoiceSelect
        label={says.order}
        testId="order-select"
        value={view.order}
        choices={FILTER_ORDERS.map((value) => ({ value, label: says.orders[value], missing: missing[value] }))}
        onSelect={(order) => flow.view.set({ order })}
      />
      <ChoiceSelect
        label={says.layout}
        testId="layout-select"
        value={view.layout}
        choices={LAYOUTS.map((value) => ({ value, label: says.layouts[value] }))}
        onSelect={(layout) => flow.view.set({ layout })}
      />
      <ChoiceSelect
        label={says.colours}
        testId="colour-map-select"
        value={view.colourMap}
        choices={COLOUR_MAPS.map((value) => ({ value, label: says.colourMaps[value] }))}
        onSelect={(colourMap) => flow.view.set({ colourMap })}
      />
      <label className={css.check}>
        <input
          type="checkbox"
          data-testid="hide-dead"
          checked={view.hideDead}
          onChange={({ target }) => flow.view.set({ hideDead: target.checked })}
        />
        <span>{says.hideDead}</span>
      </label>
    </Menu>
  );
}

/** What an order lacks: it cannot be chosen until that is there. */
function missingBasis(network: NetworkShape, shown: ShownMaps): Readonly<Partial<Record<FilterOrder, string>>> {
  const { needsSecond, needsRanking, needsConvolution, needsSpot } = words.viewer.choices;
  return {
    ...(shown.b === null || shown.a === null ? { difference: needsSecond, correlation: needsSecond } : {}),
    ...(isConvolution(network, shown.layer)
      ? shown.effects === null
        ? { effect: needsRanking }
        : {}
      : { effect: needsConvolution }),
    ...(shown.spotCell === null ? { spot: needsSpot } : {}),
  };
}
