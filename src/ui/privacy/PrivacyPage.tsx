import { useEffect } from 'react';
import { ERROR_SENTENCES } from '../../domain/errors';
import type { StoredFacts, StoredItem, StoredKind } from '../../domain/stored';
import { useApp, useAppState } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { ScrollTable } from '../ScrollTable';
import { fileSize, offlineWords } from '../words';

/** What is stored where, what was asked of the network, and one button that removes it all. */
export function PrivacyPage() {
  return (
    <div className="page">
      <h1 tabIndex={-1}>Privacy and storage</h1>
      <p className="lead">
        Photos are computed on this device and sent nowhere. The page&rsquo;s own security policy forbids it to talk to any other
        address than the one that it came from.
      </p>
      <Requests />
      <Offline />
      <Stored />
    </div>
  );
}

function Requests() {
  const requests = useAppState((state) => state.requests);
  return (
    <section aria-labelledby="requests-title">
      <h2 id="requests-title">Requests</h2>
      {requests === null && <p>No photo was opened yet. From then on every request of this page is listed here.</p>}
      {requests !== null && (
        <p>
          Requests since the photo was opened: <b data-testid="privacy-requests">{requests.length}</b>. The browser itself keeps
          this list. A file of the app that is needed later, such as the reader of HEIC pictures, would appear in it; a photo
          never does.
        </p>
      )}
      {requests !== null && requests.length > 0 && (
        <ul className="plain-list small mono">
          {requests.map((address, i) => (
            <li key={`${i} ${address}`}>{address}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Offline() {
  const { flow } = useApp();
  const offline = useAppState((state) => state.offline);
  const isUpdateReady = useAppState((state) => state.isUpdateReady);
  const canInstall = useAppState((state) => state.canInstall);
  return (
    <section aria-labelledby="offline-title">
      <h2 id="offline-title">Without a connection</h2>
      <p>{offlineWords(offline)}.</p>
      {offline.state === 'not-ready' && offline.error !== null && (
        <>
          <p>{ERROR_SENTENCES[offline.error.code]}</p>
          <p>
            <button type="button" className="button" data-testid="offline-retry" onClick={() => void flow.device.keepOffline()}>
              Try again
            </button>
          </p>
        </>
      )}
      {canInstall && (
        <p>
          <button type="button" className="button" data-testid="install" onClick={() => void flow.device.install()}>
            Install the app
          </button>{' '}
          It then has an icon and a window of its own, and other apps can share photos with it.
        </p>
      )}
      {isUpdateReady && <p>A newer version of the app lies ready: it takes over when you reload.</p>}
    </section>
  );
}

const KIND_WORDS: Readonly<Record<StoredKind, string>> = {
  app: 'The app’s own files',
  model: 'The model’s weights',
  'shared-photos': 'Photos on their way from another app',
  database: 'What you chose to keep',
};

function Stored() {
  const { flow } = useApp();
  const stored = useAppState((state) => state.stored);
  useEffect(() => {
    void flow.device.describeStored();
  }, [flow]);
  return (
    <section aria-labelledby="stored-title">
      <h2 id="stored-title">Stored on this device</h2>
      <p>
        Nothing of a photo is stored unless you ask for it. The browser keeps what is listed here, in this browser profile, for
        this site alone. Some browsers remove it when the site was not visited for a week or when space runs short.
      </p>
      {stored === null ? <p className="soft">Looking &hellip;</p> : <StoredTable facts={stored.facts} />}
      <ConfirmButton
        testId="stored-clear"
        label="Remove everything"
        question="This removes the app, the model and all that you kept. It cannot be undone."
        confirmLabel="Remove for good"
        isQuiet={false}
        onConfirm={() => void flow.device.clearStored()}
      />
      {stored?.left != null && (
        <p role="status" data-testid="stored-cleared">
          {stored.left.length === 0
            ? 'Everything was removed. This page goes on with what it holds in memory; the next visit downloads the app again.'
            : `Removed, but for: ${stored.left.join(', ')}. Close other tabs of this app and press the button again.`}
        </p>
      )}
    </section>
  );
}

function StoredTable({ facts }: { readonly facts: StoredFacts }) {
  const { items, usageBytes, quotaBytes, isPersistent } = facts;
  return (
    <>
      {items.length === 0 ? (
        <p data-testid="stored-empty">Nothing is stored.</p>
      ) : (
        <ScrollTable labelledBy="stored-title">
          <table data-testid="stored-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" className="number">
                  Files
                </th>
                <th scope="col" className="number">
                  Size
                </th>
                <th scope="col">The browser calls it</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <StoredRow key={`${item.kind} ${item.name}`} item={item} />
              ))}
            </tbody>
          </table>
        </ScrollTable>
      )}
      <p className="small soft">
        {usageBytes !== null && quotaBytes !== null && (
          <>
            The browser&rsquo;s own estimate: {fileSize(usageBytes)} in use, {fileSize(quotaBytes)} allowed.{' '}
          </>
        )}
        {isPersistent !== null &&
          (isPersistent ? 'It promised not to remove it by itself.' : 'It may remove it when space runs short.')}
      </p>
    </>
  );
}

function StoredRow({ item: { kind, name, files, bytes } }: { readonly item: StoredItem }) {
  return (
    <tr>
      <th scope="row">{KIND_WORDS[kind]}</th>
      <td className="number">{files ?? '–'}</td>
      <td className="number">{bytes === null ? '–' : fileSize(bytes)}</td>
      <td className="mono small">{name}</td>
    </tr>
  );
}
