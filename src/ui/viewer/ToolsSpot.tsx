import { useEffect, useState } from 'react';
import { valuesAt } from '../../domain/filter-order';
import { convolutionsOf, layerBeside } from '../../domain/network';
import { cellOver } from '../../domain/receptive-field';
import type { LayerMaps } from '../../domain/analysis';
import type { AnalysisFacts, Slot, Spot } from '../../store/app-state';
import { BarStrip } from '../../viewer/tools/BarStrip';
import { convolutionNumber, nextConvolution } from '../../viewer/tools/follow-layers';
import { PhotoCopy } from '../../viewer/tools/PhotoCopy';
import { PHOTO_COLOURS } from '../../viewer/tools/share-colour';
import tools from '../../viewer/tools/tools.module.css';
import { greatest } from '../../viewer/tools/top-list';
import { useMedia } from '../../viewer/use-media';
import { formatActivation } from '../../words/format-values';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { SpotLayer } from './SpotLayer';
import tool from './tool.module.css';
import css from './ToolsSpot.module.css';

/** Rows of the table. */
const LISTED = 10;
const STEP_MS = 1200;
const PICTURE_IDS = { stage: 'spot-picture-stage', mark: 'spot-picture-mark', field: 'spot-picture-field' };

/** What every filter of the layer in view says at one place of the photo, which is chosen here or on the photo itself. */
export function SpotTool({ result }: { readonly result: AnalysisFacts }) {
  const { cache } = useApp();
  const spot = useAppState((state) => state.view.spot);
  const layer = useAppState((state) => state.view.layer);
  const rgb = cache.photo(result.runId)?.inputRgb ?? null;
  return (
    <div className={css.room}>
      <div className={css.parts}>
        {rgb !== null && (
          <PhotoCopy rgb={rgb} label={words.analyse.photo.seenLabel(result.manifest.network.input.side)} testId="spot-picture">
            <SpotLayer quarterTurns={0} testIds={PICTURE_IDS} />
          </PhotoCopy>
        )}
        {spot === null ? <p>{words.viewer.tools.spot.choose}</p> : <AtSpot spot={spot} layer={layer} />}
      </div>
    </div>
  );
}

interface AtSpotProps {
  readonly spot: Spot;
  readonly layer: string;
}

function AtSpot({ spot, layer }: AtSpotProps) {
  const { flow, cache } = useApp();
  const network = useNetwork();
  const keyA = useAppState((state) => state.photos.a.mapsKey);
  const keyB = useAppState((state) => state.photos.b.mapsKey);
  const a = keyA === null ? null : cache.layer(keyA.runId, keyA.layer);
  const b = keyB === null ? null : cache.layer(keyB.runId, keyB.layer);
  // The maps may lag behind the view: the cell belongs to the layer whose values are shown.
  const shown = (a ?? b)?.layer ?? layer;
  const cell = cellOver(network, shown, spot.x, spot.y);
  const number = convolutionNumber(network, shown);
  const { place, pixel, letGo } = words.viewer.tools.spot;
  return (
    <div
      className={tool.column}
      data-testid="spot"
      data-x={spot.x}
      data-y={spot.y}
      data-layer={shown}
      data-cell-x={cell.x}
      data-cell-y={cell.y}
    >
      <div className={css.head}>
        <p>
          <span>{place(<span className="mono">{shown}</span>, number, { column: cell.x, row: cell.y })}</span>{' '}
          <span className={tools.small}>{pixel(Math.floor(spot.x), Math.floor(spot.y))}</span>
        </p>
        <div className={tool.buttons}>
          <LayerSteps layer={layer} />
          <button
            type="button"
            className="button small"
            data-testid="spot-clear"
            onClick={() => {
              flow.view.followSpot(null);
            }}
          >
            {letGo}
          </button>
        </div>
      </div>
      {a !== null && <SpotValues a={a} b={b?.layer === a.layer ? b : null} cell={cell} />}
    </div>
  );
}

/** One layer back or on by hand, or through all convolutions by itself. */
function LayerSteps({ layer }: { readonly layer: string }) {
  const { flow } = useApp();
  const network = useNetwork();
  // Who asked the system for less motion steps by hand.
  const isCalm = useMedia('(prefers-reduced-motion: reduce)');
  const [isFollowing, setIsFollowing] = useState(false);
  const [before, after] = [layerBeside(network, layer, -1), layerBeside(network, layer, 1)];
  useEffect(() => {
    if (!isFollowing) return;
    const timer = setTimeout(() => {
      const next = nextConvolution(network, layer);
      if (next === null) setIsFollowing(false);
      else void flow.view.selectLayer(next);
    }, STEP_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isFollowing, network, layer, flow]);
  const go = (to: string | null): void => {
    setIsFollowing(false);
    if (to !== null) void flow.view.selectLayer(to);
  };
  const says = words.viewer.tools.spot;
  return (
    <>
      <button
        type="button"
        className="button small"
        data-testid="spot-previous"
        aria-disabled={before === null}
        onClick={() => {
          go(before);
        }}
      >
        {says.previous}
      </button>
      <button
        type="button"
        className="button small"
        data-testid="spot-next"
        aria-disabled={after === null}
        onClick={() => {
          go(after);
        }}
      >
        {says.next}
      </button>
      <button
        type="button"
        className="button button-primary small"
        data-testid="spot-follow"
        data-state={isFollowing ? 'running' : 'idle'}
        onClick={() => {
          if (isFollowing) {
            setIsFollowing(false);
            return;
          }
          const [first] = network.layers;
          if (first !== undefined) void flow.view.selectLayer(first.name);
          setIsFollowing(!isCalm);
        }}
      >
        {isFollowing ? says.stop : isCalm ? says.beginAtFirst : says.follow(convolutionsOf(network).length)}
      </button>
    </>
  );
}

interface SpotValuesProps {
  readonly a: LayerMaps;
  /** The same layer of photo B. */
  readonly b: LayerMaps | null;
  readonly cell: { readonly x: number; readonly y: number };
}

function SpotValues({ a, b, cell }: SpotValuesProps) {
  const { flow } = useApp();
  const filter = useAppState((state) => state.view.filter);
  const ofA = valuesAt(a.values, a.side, a.channels, cell.x, cell.y);
  const ofB = b === null ? null : valuesAt(b.values, b.side, b.channels, cell.x, cell.y);
  // Both photos by one scale, so that bars can be compared.
  const top = Math.max(greatest(ofA, 1)[0]?.value ?? 0, ofB === null ? 0 : (greatest(ofB, 1)[0]?.value ?? 0));
  const order = Array.from({ length: a.channels }, (_, k) => k);
  const choose = (chosen: number): void => {
    void flow.view.selectFilter(chosen);
  };
  const strips: readonly { readonly slot: Slot; readonly values: Float32Array }[] = [
    { slot: 'a', values: ofA },
    ...(ofB === null ? [] : [{ slot: 'b' as const, values: ofB }]),
  ];
  const { photos, spot: says } = words.viewer.tools;
  return (
    <div className={tool.columns}>
      <div className={tool.column}>
        {strips.map(({ slot, values }) => (
          <div className={tool.block} key={slot}>
            <h3>{photos[slot]}</h3>
            <BarStrip
              values={values}
              top={top}
              order={order}
              colourOf={() => PHOTO_COLOURS[slot]}
              label={says.stripLabel(slot, a.channels)}
              describe={(k) => says.filterValue(k, values[k] ?? 0)}
              marked={filter}
              onChoose={choose}
            />
          </div>
        ))}
        <p className={tools.small}>{says.bars(a.channels - 1, top)}</p>
      </div>
      <div className={tool.column}>
        <SpotTable a={ofA} b={ofB} chosen={filter} onChoose={choose} />
      </div>
    </div>
  );
}

interface SpotTableProps {
  readonly a: Float32Array;
  readonly b: Float32Array | null;
  readonly chosen: number | null;
  readonly onChoose: (filter: number) => void;
}

function SpotTable({ a, b, chosen, onChoose }: SpotTableProps) {
  const { photos, filter: filterName, spot: says } = words.viewer.tools;
  return (
    <table className={css.table}>
      <caption>{says.caption(LISTED)}</caption>
      <thead>
        <tr>
          <th scope="col">{says.filter}</th>
          <th scope="col" className="number">
            {photos.a}
          </th>
          {b !== null && (
            <th scope="col" className="number">
              {photos.b}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {greatest(a, LISTED).map(({ index, value }) => (
          <tr key={index}>
            <th scope="row">
              <button
                type="button"
                className={`button ${tools.chip}`}
                aria-pressed={index === chosen}
                aria-label={filterName(index)}
                onClick={() => {
                  onChoose(index);
                }}
              >
                {index}
              </button>
            </th>
            <td className="number">{formatActivation(value)}</td>
            {b !== null && <td className="number">{formatActivation(b[index] ?? 0)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
