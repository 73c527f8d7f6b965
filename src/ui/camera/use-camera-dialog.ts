import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * A <dialog> that is modal from mounting to unmounting and asks to be closed when the address changes.
 * @returns `isShown`: for what ends later, whether the dialog is still there.
 */
export function useCameraDialog(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = useRef(false);

  // Before the page is painted, and on leaving before the dialog is taken out: only then does focus go back to the opener.
  useLayoutEffect(() => {
    const element = dialog.current;
    isShown.current = true;
    element?.showModal();
    return () => {
      isShown.current = false;
      element?.close();
    };
  }, []);

  useEffect(() => {
    addEventListener('hashchange', onClose);
    return () => {
      removeEventListener('hashchange', onClose);
    };
  }, [onClose]);

  return { dialog, isShown };
}
