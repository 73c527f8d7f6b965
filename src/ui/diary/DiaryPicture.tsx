import { useEffect, useState } from 'react';
import type { DiaryPictures } from '../../domain/diary';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './DiaryPicture.module.css';

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
  if (isLost) return <p className={`${css.picture} ${css.lost} small`}>{words.diary.entry.lostPicture}</p>;
  if (url === null) return <div className={css.picture} aria-hidden="true" />;
  const look = which === 'input' ? `${css.picture} ${css.input}` : css.picture;
  return <img className={look} src={url} alt={alt} onError={() => setIsLost(true)} />;
}
