import { useEffect, useState, type RefObject } from 'react';
import { useMedia, WIDE } from '../../viewer/use-media';
import { words } from '../../words/words';

/**
 * Puts the element on the whole screen, and back; Escape leads back too. Nothing where the browser has no such thing, nor on a
 * phone, which the page fills already.
 */
export function FullscreenButton({ element }: { readonly element: RefObject<HTMLElement | null> }) {
  const isWide = useMedia(WIDE);
  const [isFull, setIsFull] = useState(false);
  useEffect(() => {
    const follow = (): void => {
      setIsFull(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    };
    document.addEventListener('fullscreenchange', follow);
    return () => {
      document.removeEventListener('fullscreenchange', follow);
    };
  }, [element]);
  // Not there in Safari on an iPhone, whatever the types say.
  const canFill = (document as Partial<Document>).fullscreenEnabled === true;
  if (!canFill || !isWide) return null;
  const { enter, leave } = words.viewer.fullscreen;
  const toggle = async (): Promise<void> => {
    try {
      if (isFull) await document.exitFullscreen();
      else await element.current?.requestFullscreen();
    } catch {
      // The browser refused: the page stays as it is.
    }
  };
  return (
    <button
      type="button"
      className="button small"
      data-testid="viewer-fullscreen"
      data-state={isFull ? 'full' : 'window'}
      onClick={() => void toggle()}
    >
      {isFull ? leave : enter}
    </button>
  );
}
