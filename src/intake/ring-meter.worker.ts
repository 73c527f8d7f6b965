/** Reads and measures small copies of camera frames: reading pixels may wait for the graphics processor, and waits here. */
import { COACH_SIDE_PX, measureFrame, type CoachMeasures } from '../domain/coach';

const context = new OffscreenCanvas(COACH_SIDE_PX, COACH_SIDE_PX).getContext('2d', { alpha: false, willReadFrequently: true });
let luma: Float32Array | null = null;

self.onmessage = ({ data: copy }: MessageEvent<ImageBitmap>) => {
  let measures: CoachMeasures | null = null;
  if (context !== null) {
    context.drawImage(copy, 0, 0, COACH_SIDE_PX, COACH_SIDE_PX);
    const frame = measureFrame(context.getImageData(0, 0, COACH_SIDE_PX, COACH_SIDE_PX).data, luma);
    luma = frame.luma;
    measures = frame.measures;
  }
  copy.close();
  self.postMessage(measures);
};
