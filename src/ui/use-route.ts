import { useEffect, useState } from 'react';
import { formatRoute, parseRoute, type ViewRoute } from '../domain/view-route';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import { INITIAL_STATE, type ViewFacts } from '../store/app-state';
import { selectOwnView } from '../store/tutorial-facts';
import { selectSample } from '../store/select-status';
import { useApp, useAppState } from './app-context';

const ADDRESS_DELAY_MS = 150;
/** In the history's state. */
const SHOWN = 'lesion-lens-shown';

/**
 * The page that the address names. On the analyse page the address and the viewer follow each other: an address that
 * names a layer opens it, and a choice in the viewer rewrites the address in place, without an entry in the history. So
 * does an alarm line that is not the model's own; a link's line counts when the link is opened, not when somebody goes back to it:
 * the line may have been moved since. A sample that the address names is opened where there is no photo.
 */
export function useRoute(): ViewRoute {
  const { flow, store } = useApp();
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const view = useAppState(selectOwnView);
  const line = useAppState((state) => state.preferences.line);
  const sample = useAppState(selectSample);

  useEffect(() => {
    const follow = (isOpened: boolean): void => {
      const next = parseRoute(location.hash);
      setRoute(next);
      const { scale, photos, layout } = next;
      if (isOpened && next.line !== null) flow.preferences.followLink(next.line);
      const patch = { ...(scale && { scale }), ...(photos && { photos }), ...(layout && { layout }) };
      if (Object.keys(patch).length > 0) flow.view.set(patch);
      const { view: shown, photos: open } = store.getState();
      const isSame = next.layer === shown.layer && next.filter === shown.filter;
      if (next.layer !== null && !isSame) void flow.view.show(next.layer, next.filter);
      const isFree = open.a.result === null && open.a.phase.state !== 'running';
      if (next.page === 'analyse' && next.sample !== null && isFree) void flow.photo.analyseSample(next.sample);
    };
    const followChange = (): void => {
      flow.tutorial.leave();
      follow(!wasShown());
      markShown();
    };
    follow(true);
    markShown();
    addEventListener('hashchange', followChange);
    return () => {
      removeEventListener('hashchange', followChange);
    };
  }, [flow, store]);

  useEffect(() => {
    if (route.page !== 'analyse') return;
    const hash = formatRoute(routeOfView(view, line, sample));
    // What the viewer does not know yet, as before a link was followed, stays in the address.
    const isUnchosen = !view.isChosen && line === null && parseRoute(location.hash).line === null;
    if (isUnchosen || hash === location.hash) return;
    // A little later, and once for a row of choices: it takes milliseconds, and browsers allow only so many.
    const timer = setTimeout(() => {
      history.replaceState(history.state, '', hash);
    }, ADDRESS_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
    // Each address that is gone to is a new route, and may name what is over.
  }, [route, view, line, sample]);

  return route;
}

/** Whether this entry of the history was shown before: somebody goes back, or forth. */
function wasShown(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && SHOWN in state;
}

function markShown(): void {
  history.replaceState({ [SHOWN]: true }, '');
}

/** The address of what the viewer shows, of a sample or a person's photo (null); what is as it is at the start, or was not chosen, is left out. */
export function routeOfView(view: ViewFacts, line: number | null, sample: SyntheticLesionKind | null): ViewRoute {
  const { layer, filter, scale, photos, layout, isChosen } = view;
  const { view: start } = INITIAL_STATE;
  return {
    page: 'analyse',
    layer: isChosen ? layer : null,
    filter: isChosen ? filter : null,
    scale: scale === start.scale ? null : scale,
    photos: photos === start.photos ? null : photos,
    layout: layout === start.layout ? null : layout,
    line,
    sample: isChosen ? sample : null,
  };
}
