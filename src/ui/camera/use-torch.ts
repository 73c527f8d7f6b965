import { useState } from 'react';
import { setTorch, type OpenCamera } from '../../intake/camera';

/** The torch of the camera that runs; another camera begins without. */
export function useTorch(camera: OpenCamera | null) {
  /** The camera whose torch is on. */
  const [litTrack, setLitTrack] = useState<MediaStreamTrack | null>(null);
  const isOn = camera !== null && litTrack === camera.track;
  const toggle = async (): Promise<void> => {
    if (camera !== null && (await setTorch(camera, !isOn))) setLitTrack(isOn ? null : camera.track);
  };
  return { isOn, toggle };
}
