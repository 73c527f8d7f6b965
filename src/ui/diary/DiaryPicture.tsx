import { useEffect, useState } from 'react';
import type { DiaryPictures } from '../../domain/diary';
import { useApp } from '../app-context';

interface DiaryPictureProps {
  readonly id: string;
  readonly which: keyof DiaryPictures;
  readonly alt: string;
}

/** A kept picture; where it cannot be read, words. */
export function DiaryPicture({ id, which, alt }: DiaryPictureProps) {
  const { flow } = useApp();
  const [url, setUrl] = useState<string | null>(null);
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    let made: string | null = null;
    void flow.diary.readPicture(id, which).then((blob) => {
      if (!isCurrent) return;
      if (blob === null) {
        setIsLost(true);
        return;
      }
      made = URL.createObjectURL(blob);
      setIsLost(false);
      setUrl(made);
    });
    return () => {
      isCurrent = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [flow, id, which]);
  if (isLost) return <p className="diary-picture diary-picture-lost small">The picture cannot be read.</p>;
  if (url === null) return <div className="diary-picture" aria-hidden="true" />;
  return <img className={`diary-picture diary-picture-${which}`} src={url} alt={alt} onError={() => setIsLost(true)} />;
}
