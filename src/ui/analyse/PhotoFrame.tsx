import type { CSSProperties, ReactNode } from 'react';
import type { SourceSize, SquareCrop } from '../../domain/geometry';
import css from './PhotoFrame.module.css';

interface PhotoFrameProps {
  readonly url: string;
  readonly alt: string;
  /** null while the photo is not measured yet: no crop is drawn. */
  readonly placed: { readonly source: SourceSize; readonly crop: SquareCrop } | null;
  /** What lies over the square, positioned in it. */
  readonly children?: ReactNode;
}

/** The photo, scaled to its column by the browser, with the square that the network got. */
export function PhotoFrame({ url, alt, placed, children }: PhotoFrameProps) {
  if (placed === null) {
    return (
      <div className={`${css.frame} ${css.plain}`}>
        <img src={url} alt={alt} decoding="async" />
      </div>
    );
  }
  const { source, crop } = placed;
  const isWhole = crop.size >= source.width && crop.size >= source.height;
  const aspect: CSSProperties & Record<'--aspect', number> = { '--aspect': source.width / source.height };
  const square: CSSProperties = {
    left: `${(crop.x / source.width) * 100}%`,
    top: `${(crop.y / source.height) * 100}%`,
    width: `${(crop.size / source.width) * 100}%`,
    height: `${(crop.size / source.height) * 100}%`,
  };
  return (
    <div className={css.frame} style={aspect}>
      <img src={url} alt={alt} decoding="async" />
      <div className={isWhole ? `${css.square} ${css.squareWhole}` : css.square} data-testid="analysed-square" style={square}>
        {children}
      </div>
    </div>
  );
}
