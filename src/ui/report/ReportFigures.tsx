import { useEffect, type ReactNode } from 'react';
import { isCoarse } from '../../domain/smooth-map';
import { parseWidthMm } from '../../domain/report-note';
import type { AnalysisFacts } from '../../store/app-state';
import { chooseHeatMap } from '../../viewer/tools/heat-map';
import { heatScale } from '../../viewer/tools/heat-scale';
import { formatActivation, formatSigned } from '../../words/format-values';
import { words } from '../../words/words';
import { NetworkInput } from '../analyse/NetworkInput';
import { useApp, useAppState } from '../app-context';
import { CropPicture } from './CropPicture';
import { Ruler } from './Ruler';
import { SmoothPicture } from './SmoothPicture';
import { useReportNote } from './use-report-note';

/** More maps do not fit on the page. */
const MAX_MAPS = 4;

interface OfResult {
  readonly result: AnalysisFacts;
}

/** The square in the photo's own pixels; in millimetres only where the person measured them. */
export function SquareFigure({ result }: OfResult) {
  const says = words.report;
  const widthMm = parseWidthMm(useReportNote(result).note.widthMm);
  return (
    <figure data-card={says.square}>
      <CropPicture result={result} />
      <Ruler extent={result.crop.size} says={says.ruler.photo} />
      {widthMm !== null && <Ruler extent={widthMm} says={says.ruler.millimetres} />}
      <figcaption>{says.square}</figcaption>
    </figure>
  );
}

export function SeenFigure({ result }: OfResult) {
  const says = words.report;
  const rgb = useApp().cache.photo(result.runId)?.inputRgb ?? null;
  const { side } = result.manifest.network.input;
  const caption = says.seen(side);
  return rgb === null ? null : (
    <figure data-card={caption}>
      <NetworkInput rgb={rgb} />
      <Ruler extent={side} says={says.ruler.seen} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** The pinned maps; where none is pinned, the one that is enlarged in the viewer. */
export function MapFigures({ result }: OfResult) {
  const { cache } = useApp();
  const pins = useAppState((state) => state.pins);
  const view = useAppState((state) => state.view);
  const chosen: readonly { readonly layer: string; readonly filter: number }[] =
    pins.length > 0 ? pins.slice(-MAX_MAPS) : view.filter === null ? [] : [{ layer: view.layer, filter: view.filter }];
  return chosen.map(({ layer, filter }): ReactNode => {
    const layerMaps = cache.layer(result.runId, layer);
    const map = cache.map(result.runId, layer, filter);
    const side = map?.side ?? layerMaps?.side;
    const values = map?.values ?? layerMaps?.values.subarray(filter * (side ?? 0) ** 2, (filter + 1) * (side ?? 0) ** 2);
    if (values === undefined || side === undefined) return null;
    const says = words.report.map;
    const { min, max } = heatScale(values, 'relu');
    const isFlat = max <= min;
    const caption = says.caption(layer, filter, side, isFlat ? words.viewer.tools.everywhere(min) : says.drawn(isCoarse(side)));
    const [low, middle, high] = [min, (min + max) / 2, max].map(formatActivation);
    return (
      <figure key={caption} data-card={caption}>
        <SmoothPicture
          values={values}
          side={side}
          low={min}
          high={max}
          colourMap={view.colourMap}
          label={says.label(layer, filter)}
          numbers={isFlat ? null : [low!, middle!, high!]}
          unit={words.viewer.tools.activation}
        />
        <figcaption>{caption}</figcaption>
      </figure>
    );
  });
}

export function HeatFigure({ result }: OfResult) {
  const says = words.report.heat;
  const { flow, cache } = useApp();
  const version = useAppState((state) => state.heavyVersion);
  const colourMap = useAppState((state) => state.view.colourMap);
  useEffect(() => {
    void flow.explain.readHead();
  }, [flow, result.runId]);
  const heat = chooseHeatMap('hires-cam', { head: cache.head(result.runId), occlusion: null }, colourMap);
  if (heat === null) return null;
  const { low, high } = heatScale(heat.values, heat.mode);
  const isFlat = high <= low;
  const caption = says.caption(heat.side, isFlat ? says.nowhere : words.report.map.drawn(isCoarse(heat.side)));
  return (
    <figure data-card={caption}>
      <SmoothPicture
        values={heat.values}
        side={heat.side}
        version={version}
        low={low}
        high={high}
        colourMap={heat.colourMap}
        label={says.label}
        numbers={isFlat ? null : ['0', formatSigned(high / 2), formatSigned(high)]}
        unit={heat.unit}
      />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
