/** Draws one sample off the main thread: half a second of arithmetic on a slow device. */
import { drawSyntheticLesion, type SyntheticLesionKind } from '../domain/synthetic-lesion';
import { encodePng } from './encode-png';

const SAMPLE_SIDE_PX = 512;

self.onmessage = ({ data }: MessageEvent<SyntheticLesionKind>) => {
  void encodePng(drawSyntheticLesion(data, SAMPLE_SIDE_PX), SAMPLE_SIDE_PX, SAMPLE_SIDE_PX).then((png) => {
    self.postMessage(png);
  });
};
