import { useId, useState } from 'react';
import { hasClosedFormHead } from '../../domain/network';
import { panelDomId, tabDomId, TabStrip, type Tab } from '../../viewer/tools/TabStrip';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './Tools.module.css';
import { ComparisonTool } from './ToolsComparison';
import { DenseTool } from './ToolsDense';
import { ExperimentTool } from './ToolsExperiment';
import { HeatTool } from './ToolsHeat';
import { LeaningTool } from './ToolsLeaning';
import { LikingTool } from './ToolsLiking';
import { SpotTool } from './ToolsSpot';

const TOOLS = ['experiment', 'heat', 'leaning', 'comparison', 'liking', 'dense', 'spot'] as const;
type ToolId = (typeof TOOLS)[number];

/** What can be done with the maps: experiments, heat maps, erasing, two photos compared, pictures that filters like, the dense layer, one spot. */
export function ViewerTools() {
  const { flow } = useApp();
  const result = useAppState((state) => state.photos.a.result);
  const hasSecond = useAppState((state) => state.photos.b.result !== null);
  const overlay = useAppState((state) => state.view.overlay);
  const hasSpot = useAppState((state) => state.view.spot !== null);
  const [selected, setSelected] = useState<ToolId>('experiment');
  const [hadSpot, setHadSpot] = useState(hasSpot);
  const idPrefix = useId();
  if (hasSpot !== hadSpot) {
    setHadSpot(hasSpot);
    // Whoever chooses a place wants to see what the filters say there.
    if (hasSpot) setSelected('spot');
  }
  if (result === null) return null;
  // What the gradient or the dense layers of a person's own model are is not known.
  const { isGeneral } = result.manifest.network;
  const offered = TOOLS.filter((id) => (id === 'comparison' ? hasSecond : !isGeneral || (id !== 'liking' && id !== 'dense')));
  const shown = offered.some((id) => id === selected) ? selected : 'experiment';
  const select = (id: ToolId): void => {
    setSelected(id);
    // Whoever opens the heat maps sees one at once.
    if (id === 'heat' && overlay === 'none' && hasClosedFormHead(result.manifest.network)) flow.view.set({ overlay: 'grad-cam' });
  };
  const tabs = offered.map((id): Tab<ToolId> => ({ id, label: words.viewer.tools.tabs[id] }));
  return (
    <section className={css.tools} aria-label={words.viewer.tools.title}>
      <TabStrip tabs={tabs} selected={shown} label={words.viewer.tools.title} idPrefix={idPrefix} onSelect={select} />
      <div
        className={css.panel}
        role="tabpanel"
        id={panelDomId(idPrefix, shown)}
        aria-labelledby={tabDomId(idPrefix, shown)}
        tabIndex={0}
      >
        {shown === 'experiment' && <ExperimentTool result={result} />}
        {shown === 'heat' && <HeatTool result={result} />}
        {shown === 'leaning' && <LeaningTool result={result} />}
        {shown === 'comparison' && <ComparisonTool />}
        {shown === 'liking' && <LikingTool result={result} />}
        {shown === 'dense' && <DenseTool result={result} />}
        {shown === 'spot' && <SpotTool result={result} />}
      </div>
    </section>
  );
}
