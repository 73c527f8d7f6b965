import { useEffect, useState } from 'react';
import { filesFromDrop, photosFromTransfer } from '../intake/photo-from-transfer';

/**
 * Takes files dropped or pasted anywhere on the page, folders too.
 * @param onFailure - A dropped folder could not be read, or holds no picture.
 * @returns Whether files are being dragged over the page now.
 */
export function useFileTransfer(onFiles: (files: File[], isSet?: boolean) => void, onFailure: (error: unknown) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      // relatedTarget is null only when the pointer leaves the window.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setIsOver(false);
      if (event.dataTransfer === null || !carriesFiles(event)) return;
      event.preventDefault();
      filesFromDrop(event.dataTransfer).then(({ files, isSet }) => {
        onFiles(files, isSet);
      }, onFailure);
    };
    const onPaste = ({ clipboardData }: ClipboardEvent): void => {
      const files = clipboardData === null ? [] : photosFromTransfer(clipboardData);
      if (files.length > 0) onFiles(files);
    };
    addEventListener('dragover', onDragOver);
    addEventListener('dragleave', onDragLeave);
    addEventListener('drop', onDrop);
    addEventListener('paste', onPaste);
    return () => {
      removeEventListener('dragover', onDragOver);
      removeEventListener('dragleave', onDragLeave);
      removeEventListener('drop', onDrop);
      removeEventListener('paste', onPaste);
    };
  }, [onFiles, onFailure]);
  return isOver;
}
