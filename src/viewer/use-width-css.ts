import { useCallback, useState, type RefCallback } from 'react';

/**
 * Follows an element's width on the screen, and that of the element that takes its place.
 * @returns The element's `ref`, and CSS pixels; 0 until it is laid out.
 */
export function useWidthCss(): readonly [RefCallback<HTMLElement>, number] {
  const [widthCss, setWidthCss] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidthCss(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [ref, widthCss];
}
