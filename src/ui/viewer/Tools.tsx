import { useId, useState } from 'react';
import { panelDomId, tabDomId, TabStrip, type Tab } from '../../viewer/tools/TabStrip';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import css from './Tools.module.css';
import { DenseTool } from './ToolsDense';
import { ExperimentTool } from './ToolsExperiment';
import { HeatTool } from './ToolsHeat';
import { LeaningTool } from './ToolsLeaning';
import { LikingTool } from './ToolsLiking';
import { SpotTool } from './ToolsSpot';

const TOOLS = ['experiment', 'heat', 'leaning', 'liking', 'dense', 'spot'] as const;
type ToolId = (typeof TOOLS)[number];

/** What can be done with the maps: experiments, heat maps, erasing, pictures that filters like, the dense layer, one spot. */
export function ViewerTools() {
  const result = useAppState((state) => state.photos.a.result);
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
  const tabs = TOOLS.map((id): Tab<ToolId> => ({ id, label: words.viewer.tools.tabs[id] }));
  return (
    <section className={css.tools} aria-label={words.viewer.tools.title}>
      <TabStrip tabs={tabs} selected={selected} label={words.viewer.tools.title} idPrefix={idPrefix} onSelect={setSelected} />
      <div
        className={css.panel}
        role="tabpanel"
        id={panelDomId(idPrefix, selected)}
        aria-labelledby={tabDomId(idPrefix, selected)}
        tabIndex={0}
      >
        {selected === 'experiment' && <ExperimentTool result={result} />}
        {selected === 'heat' && <HeatTool result={result} />}
        {selected === 'leaning' && <LeaningTool result={result} />}
        {selected === 'liking' && <LikingTool result={result} />}
        {selected === 'dense' && <DenseTool result={result} />}
        {selected === 'spot' && <SpotTool />}
      </div>
    </section>
  );
}
