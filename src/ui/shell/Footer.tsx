import { useEffect } from 'react';
import { selectOfflineProgress } from '../../store/select-status';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './Footer.module.css';

/** How often the requests are counted while a photo is open. */
const COUNT_EVERY_MS = 2000;

export function Footer() {
  return (
    <footer className={`${css.footer} small soft`}>
      <p>{words.shell.footer.noDevice}</p>
      <RequestCount />
      <OfflineState />
      <p>
        <a href="#/privacy" data-testid="privacy-link">
          {words.shell.footer.privacy}
        </a>
      </p>
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
      <span>{words.shell.footer.nothingSent}</span>{' '}
      {isOpen && <a href="#/privacy">{words.shell.footer.requests(requests.length)}</a>}
    </p>
  );
}

function OfflineState() {
  const offline = useAppState((state) => state.offline);
  const progress = useAppState(selectOfflineProgress);
  const canInstall = useAppState((state) => state.canInstall);
  return (
    <p data-testid="offline-state" data-state={offline.state} data-progress={progress}>
      {words.shell.footer.offline(offline.state, canInstall && offline.state === 'ready')}
    </p>
  );
}
