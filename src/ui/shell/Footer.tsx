import { useEffect } from 'react';
import { selectOfflineProgress } from '../../store/select-status';
import { useApp, useAppState } from '../app-context';
import { offlineWords } from '../words';

/** How often the requests are counted while a photo is open. */
const COUNT_EVERY_MS = 2000;

export function Footer() {
  return (
    <footer className="footer small soft">
      <p>Educational and research model, not a medical device.</p>
      <RequestCount />
      <OfflineState />
    </footer>
  );
}

/** Proof that nothing is sent: the browser's own list of requests, counted since the photo was opened. */
function RequestCount() {
  const { flow } = useApp();
  const requests = useAppState((state) => state.requests);
  const isOpen = requests !== null;
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => void flow.device.countRequests(), COUNT_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [flow, isOpen]);
  return (
    <p data-testid="request-count" data-count={requests?.length ?? ''}>
      Photos stay on this device: nothing is sent anywhere.{' '}
      {isOpen && (
        <a href="#/privacy">
          Requests since the photo was opened: <span className="mono">{requests.length}</span>
        </a>
      )}
    </p>
  );
}

function OfflineState() {
  const offline = useAppState((state) => state.offline);
  const progress = useAppState(selectOfflineProgress);
  const canInstall = useAppState((state) => state.canInstall);
  return (
    <p className="offline-state" data-testid="offline-state" data-state={offline.state} data-progress={progress}>
      <a href="#/privacy">{offlineWords(offline)}</a>
      {canInstall && offline.state === 'ready' && (
        <>
          . <a href="#/privacy">Install</a>
        </>
      )}
    </p>
  );
}
