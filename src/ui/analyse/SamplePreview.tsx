import { useEffect, useLayoutEffect, useRef } from 'react';
import { colourRanges } from '../../domain/colour-scale';
import { layerOf } from '../../domain/network';
import { selectIsBusy } from '../../store/select-status';
import { drawAtlas } from '../../viewer/draw-atlas';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import css from './SamplePreview.module.css';

/** What the network sees in a drawn sample, before there is a photo. Its place is kept until the maps come. */
export function SamplePreview({ layer }: { readonly layer: string }) {
  const { flow, cache } = useApp();
  const canCompute = useAppState((state) => state.model.state === 'ready' && !selectIsBusy(state));
  const colourMap = useAppState((state) => state.view.colourMap);
  // The maps come without another fact changing.
  useAppState((state) => state.heavyVersion);
  const { channels } = layerOf(useNetwork(), layer);
  const maps = cache.preview?.layer === layer ? cache.preview : null;
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = channels < 256 ? 16 : 32;
  const rows = Math.ceil(channels / columns);
  const says = words.analyse.preview;
  useEffect(() => {
    if (canCompute) void flow.view.preview();
  }, [flow, canCompute, layer]);
  useLayoutEffect(() => {
    if (canvas.current === null || maps === null) return;
    const pane = { id: 'a', title: '', maps, colourMap, ranges: colourRanges('map', maps, null), isShared: false } as const;
    const order = Uint16Array.from({ length: maps.channels }, (_, filter) => filter);
    drawAtlas(canvas.current, pane, { grid: { columns, rows }, order, scaleName: 'map', orderName: 'index' });
  }, [maps, colourMap, columns, rows]);
  return (
    <figure className={css.preview}>
      <figcaption className={css.caption}>
        <span>{says.title(channels, layer)}</span> <span className="tag">{words.analyse.syntheticSample}</span>
      </figcaption>
      <canvas
        ref={canvas}
        className={css.maps}
        style={{ aspectRatio: `${columns} / ${rows}` }}
        role="img"
        aria-label={says.label(channels, layer)}
        data-testid="preview-maps"
        data-drawn={maps !== null}
      />
      <button type="button" className="button small" onClick={() => void flow.photo.analyseSample('irregular')}>
        {says.open}
      </button>
    </figure>
  );
}
