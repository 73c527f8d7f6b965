import { useEffect } from 'react';
import type { StoredFacts, StoredItem } from '../../domain/stored';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { ConfirmButton } from '../ConfirmButton';
import { DiaryError } from '../diary/DiaryError';
import { ScrollTable } from '../ScrollTable';
import css from './PrivacyPage.module.css';

/** What is stored where, what was asked of the network, and one button that removes it all. */
export function PrivacyPage() {
  const says = words.pages.privacy;
  return (
    <div className="page">
      <h1 tabIndex={-1}>{says.title}</h1>
      <p className="lead">{says.lead}</p>
      <Requests />
      <Offline />
      <Stored />
    </div>
  );
}

function Requests() {
  const says = words.pages.privacy.requests;
  const requests = useAppState((state) => state.requests);
  return (
    <section aria-labelledby="requests-title">
      <h2 id="requests-title">{says.title}</h2>
      {requests === null && <p>{says.none}</p>}
      {requests !== null && <p>{says.since(<b data-testid="privacy-requests">{says.count(requests.length)}</b>)}</p>}
      {requests !== null && requests.length > 0 && (
        <ul className={`plain-list small mono ${css.addresses}`}>
          {requests.map((address, i) => (
            <li key={`${i} ${address}`}>{address}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Offline() {
  const says = words.pages.privacy.offline;
  const { flow } = useApp();
  const offline = useAppState((state) => state.offline);
  const isUpdateReady = useAppState((state) => state.isUpdateReady);
  const canInstall = useAppState((state) => state.canInstall);
  return (
    <section aria-labelledby="offline-title">
      <h2 id="offline-title">{says.title}</h2>
      <p>{says.state(offline.state)}</p>
      {offline.state === 'not-ready' && offline.error !== null && (
        <>
          <p>{words.error[offline.error.code]}</p>
          <p>
            <button type="button" className="button" data-testid="offline-retry" onClick={() => void flow.device.keepOffline()}>
              {says.tryAgain}
            </button>
          </p>
        </>
      )}
      {canInstall && (
        <p>
          <button type="button" className="button" data-testid="install" onClick={() => void flow.device.install()}>
            {says.install}
          </button>{' '}
          <span>{says.installed}</span>
        </p>
      )}
      {isUpdateReady && <p>{says.newer}</p>}
    </section>
  );
}

function Stored() {
  const says = words.pages.privacy.stored;
  const { flow } = useApp();
  const stored = useAppState((state) => state.stored);
  useEffect(() => {
    flow.diary.dismissNotice();
    void flow.device.describeStored();
  }, [flow]);
  return (
    <section aria-labelledby="stored-title">
      <h2 id="stored-title">{says.title}</h2>
      <p>{says.intro}</p>
      {stored === null ? <p className="soft">{says.looking}</p> : <StoredTable facts={stored.facts} />}
      <div className={css.actions}>
        <DiaryRemoval item={stored?.facts.items.find(({ kind }) => kind === 'diary')} />
        <ConfirmButton
          testId="stored-clear"
          label={says.remove}
          question={says.removeQuestion}
          confirmLabel={says.removeConfirm}
          isQuiet={false}
          onConfirm={() => void flow.device.clearStored()}
        />
      </div>
      <DiaryError />
      <DiaryRemoved />
      {stored?.left != null && (
        <p role="status" data-testid="stored-cleared">
          {says.removed(stored.left)}
        </p>
      )}
    </section>
  );
}

/** The diary by itself. @param item - undefined: there is none. */
function DiaryRemoval({ item }: { readonly item: StoredItem | undefined }) {
  const says = words.pages.privacy.stored;
  const { flow } = useApp();
  const isBusy = useAppState((state) => state.diary.isBusy);
  if (item === undefined || item.files === 0) return null;
  const remove = async (): Promise<void> => {
    await flow.diary.clear();
    await flow.device.describeStored();
  };
  return (
    <ConfirmButton
      testId="stored-diary-clear"
      label={says.removeDiary}
      question={says.removeDiaryQuestion(item.files)}
      isQuiet={false}
      isBusy={isBusy}
      onConfirm={() => void remove()}
    />
  );
}

function DiaryRemoved() {
  const { notice, newer } = useAppState((state) => state.diary);
  const says = words.diary.page;
  if (notice?.kind !== 'removed') return null;
  return (
    <p role="status" data-testid="stored-diary-cleared">
      <span>{says.notice(notice)}</span> {newer.length > 0 && <span>{says.newerWords(newer.length)}</span>}
    </p>
  );
}

function StoredTable({ facts }: { readonly facts: StoredFacts }) {
  const says = words.pages.privacy.stored;
  const { items } = facts;
  const { columns } = says;
  return (
    <>
      {items.length === 0 ? (
        <p data-testid="stored-empty">{says.nothing}</p>
      ) : (
        <ScrollTable labelledBy="stored-title">
          <table data-testid="stored-table">
            <thead>
              <tr>
                <th scope="col">{columns.kind}</th>
                <th scope="col" className="number">
                  {columns.files}
                </th>
                <th scope="col" className="number">
                  {columns.bytes}
                </th>
                <th scope="col">{columns.name}</th>
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
      <p className="small soft">{says.estimate(facts)}</p>
    </>
  );
}

function StoredRow({ item: { kind, name, files, bytes } }: { readonly item: StoredItem }) {
  const says = words.pages.privacy.stored;
  return (
    <tr data-kind={kind}>
      <th scope="row">{says.kinds[kind]}</th>
      <td className="number">{kind === 'diary' ? says.cells.entries(files) : says.cells.files(files)}</td>
      <td className="number">{says.cells.bytes(bytes)}</td>
      <td className="mono small">{name}</td>
    </tr>
  );
}
