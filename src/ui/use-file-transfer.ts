import { useEffect, useState } from 'react';
import { LensError } from '../domain/errors';
import { filesFromDrop, photosFromTransfer } from '../intake/photo-from-transfer';

/** While something is dragged over the page browsers say so every 350 ms at least; a cancelled drag may end without a word. */
const DRAG_SILENCE_MS = 1000;

const NO_TEXT = ['file', 'range', 'checkbox', 'radio', 'button'].map((type) => `[type=${type}]`).join(', ');
const TEXT_FIELDS = `textarea, [contenteditable], input:not(${NO_TEXT})`;

/** Where text is written: what is pasted or dropped there is text, also where the clipboard holds a picture of it (Word). */
function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}

/** A dialog asks something first. */
function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** A file, or a picture dragged from another page, which is only its address. */
function kindOfDrag({ dataTransfer }: DragEvent): 'files' | 'link' | null {
  const types = dataTransfer?.types ?? [];
  if (types.includes('Files')) return 'files';
  return types.includes('text/uri-list') ? 'link' : null;
}

/**
 * Takes files dropped or pasted anywhere on the page, folders too.
 * @param onFailure - A dropped folder could not be read, or holds no picture; a link was dropped (`link-dropped`).
 * @returns Whether files are being dragged over the page now.
 */
export function useFileTransfer(onFiles: (files: File[], isSet?: boolean) => void, onFailure: (error: unknown) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    let silence: ReturnType<typeof setTimeout> | undefined;
    /** One of this page's own links is dragged. */
    let isOwn = false;
    const endDrag = (): void => {
      clearTimeout(silence);
      setIsOver(false);
    };
    const listeners: { readonly [K in keyof WindowEventMap]?: (event: WindowEventMap[K]) => void } = {
      dragstart: () => {
        isOwn = true;
      },
      dragend: () => {
        isOwn = false;
      },
      dragover: (event) => {
        const kind = kindOfDrag(event);
        if (kind === null || (kind === 'link' && (isOwn || takesText(event.target)))) return;
        event.preventDefault();
        clearTimeout(silence);
        silence = setTimeout(endDrag, DRAG_SILENCE_MS);
        setIsOver(kind === 'files');
      },
      dragleave: (event) => {
        // relatedTarget is null only when the pointer leaves the window.
        if (event.relatedTarget === null) endDrag();
      },
      drop: (event) => {
        endDrag();
        const kind = kindOfDrag(event);
        if (event.dataTransfer === null || kind === null) return;
        if (kind === 'link' && (isOwn || takesText(event.target))) return;
        event.preventDefault();
        if (kind === 'link') {
          onFailure(new LensError('link-dropped'));
          return;
        }
        filesFromDrop(event.dataTransfer).then(({ files, isSet }) => {
          onFiles(files, isSet);
        }, onFailure);
      },
      paste: ({ clipboardData, target }) => {
        if (clipboardData === null || takesText(target) || isDialogOpen()) return;
        const files = photosFromTransfer(clipboardData);
        if (files.length > 0) onFiles(files);
      },
    };
    for (const [kind, listener] of Object.entries(listeners)) addEventListener(kind, listener as EventListener);
    return () => {
      clearTimeout(silence);
      for (const [kind, listener] of Object.entries(listeners)) removeEventListener(kind, listener as EventListener);
    };
  }, [onFiles, onFailure]);
  return isOver;
}
