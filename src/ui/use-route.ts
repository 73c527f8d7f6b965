import { useEffect, useState } from 'react';
import { formatRoute, parseRoute, type ViewRoute } from '../domain/view-route';
import { useApp, useAppState } from './app-context';

/**
 * The page that the address names. On the analyse page the address and the viewer follow each other: an address that
 * names a layer opens it, and a choice in the viewer rewrites the address in place, without an entry in the history.
 */
export function useRoute(): ViewRoute {
  const { flow, store } = useApp();
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const layer = useAppState((state) => state.view.layer);
  const filter = useAppState((state) => state.view.filter);
  // Until the person or a link has chosen a layer the address stays short.
  const isChosen = useAppState((state) => state.view.isChosen);

  useEffect(() => {
    const follow = (): void => {
      const next = parseRoute(location.hash);
      setRoute(next);
      const { view } = store.getState();
      if (next.layer === null || (next.layer === view.layer && next.filter === view.filter)) return;
      void flow.show(next.layer, next.filter);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, [flow, store]);

  useEffect(() => {
    if (route.page !== 'analyse' || !isChosen) return;
    const hash = formatRoute({ page: 'analyse', layer, filter });
    if (hash !== location.hash) history.replaceState(history.state, '', hash);
  }, [route.page, isChosen, layer, filter]);

  return route;
}
