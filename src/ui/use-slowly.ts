import { useEffect, useRef, useState } from 'react';

/**
 * `value`, renewed at most every `everyMs`: what is costly to show need not follow each step. The last value always comes.
 * @param everyMs - 0: always the value itself.
 */
export function useSlowly<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const shownAtMs = useRef(-Infinity);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        shownAtMs.current = performance.now();
        setShown(value);
      },
      Math.max(0, shownAtMs.current + everyMs - performance.now()),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [value, everyMs]);
  return everyMs === 0 ? value : shown;
}
