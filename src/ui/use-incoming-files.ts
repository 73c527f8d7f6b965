import { useEffect } from 'react';
import { takeSharedFiles } from '../pwa/shared-files';
import { useApp } from './app-context';

/** What browsers that open files with an installed app offer (File Handling, WICG). */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Files that come from outside the page: shared by another app, or opened with the installed app. */
export function useIncomingFiles(onFiles: (files: File[]) => void): void {
  const { flow } = useApp();
  useEffect(() => {
    void takeShared().then((files) => {
      if (files === null) flow.photo.reportShareFailure();
      else if (files.length > 0) onFiles(files);
    });
    const { launchQueue } = globalThis as { readonly launchQueue?: LaunchQueue };
    launchQueue?.setConsumer(({ files = [] }) => {
      void Promise.all(files.map((handle) => handle.getFile())).then(
        (opened) => {
          if (opened.length > 0) onFiles(opened);
        },
        () => {
          flow.photo.reportShareFailure();
        },
      );
    });
  }, [flow, onFiles]);
}

/** @returns Empty: nothing was shared; null: something was, but it is not to be had. The address forgets it at once. */
async function takeShared(): Promise<File[] | null> {
  const params = new URLSearchParams(location.search);
  if (!params.has('shared')) return [];
  params.delete('shared');
  const search = params.size > 0 ? `?${params.toString()}` : '';
  history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  const files = await takeSharedFiles('caches' in globalThis ? caches : undefined);
  return files.length > 0 ? [...files] : null;
}
