import { useEffect, useState } from 'react';
import { formatRoute, parseRoute, type ViewRoute } from '../domain/view-route';
import { INITIAL_STATE, type ViewFacts } from '../store/app-state';
import { useApp, useAppState } from './app-context';

const ADDRESS_DELAY_MS = 150;

/**
 * The page that the address names. On the analyse page the address and the viewer follow each other: an address that
 * names a layer opens it, and a choice in the viewer rewrites the address in place, without an entry in the history.
 */
export function useRoute(): ViewRoute {
  const { flow, store } = useApp();
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const view = useAppState((state) => state.view);

  useEffect(() => {
    const follow = (): void => {
      const next = parseRoute(location.hash);
      setRoute(next);
      const { scale, photos, layout } = next;
      const patch = { ...(scale && { scale }), ...(photos && { photos }), ...(layout && { layout }) };
      if (Object.keys(patch).length > 0) flow.view.set(patch);
      const { view: shown } = store.getState();
      if (next.layer === null || (next.layer === shown.layer && next.filter === shown.filter)) return;
      void flow.view.show(next.layer, next.filter);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, [flow, store]);

  useEffect(() => {
    // Until the person or a link has chosen something the address stays short.
    if (route.page !== 'analyse' || !view.isChosen) return;
    const hash = formatRoute(routeOfView(view));
    if (hash === location.hash) return;
    // A little later, and once for a row of choices: it takes milliseconds, and browsers allow only so many.
    const timer = setTimeout(() => {
      history.replaceState(history.state, '', hash);
    }, ADDRESS_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [route.page, view]);

  return route;
}

/** The address of what the viewer shows; what is as it is at the start is left out. */
export function routeOfView(view: ViewFacts): ViewRoute {
  const { layer, filter, scale, photos, layout } = view;
  const { view: start } = INITIAL_STATE;
  return {
    page: 'analyse',
    layer,
    filter,
    scale: scale === start.scale ? null : scale,
    photos: photos === start.photos ? null : photos,
    layout: layout === start.layout ? null : layout,
  };
}
