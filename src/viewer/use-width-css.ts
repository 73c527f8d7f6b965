import { useEffect, useState, type RefObject } from 'react';

/**
 * Follows an element's width on the screen.
 * @returns CSS pixels; 0 until it is laid out.
 */
export function useWidthCss(element: RefObject<HTMLElement | null>): number {
  const [widthCss, setWidthCss] = useState(0);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidthCss(Math.round(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return widthCss;
}
