import { useState, type RefObject } from 'react';
import type { CoachCode } from '../../domain/coach';
import type { OpenCamera } from '../../intake/camera';
import { takeStillOf } from '../../intake/camera-still';
import { useApp } from '../app-context';

interface ShutterWorld {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: OpenCamera | null;
  readonly isTorchOn: boolean;
  /** Whether the view is still there: whoever left meanwhile did not want the photo. */
  readonly isShown: RefObject<boolean>;
  /** @param notes - As given to `take`. */
  readonly onPhoto: (file: File, notes: readonly CoachCode[]) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Takes one photo at a time. The picture stands still from the press on; `release` ends that where no photo came of it. */
export function useShutter({ video, camera, isTorchOn, isShown, onPhoto, onFailure }: ShutterWorld) {
  const { flow } = useApp();
  const [isTaking, setIsTaking] = useState(false);
  const release = (): void => {
    setIsTaking(false);
  };
  /** @param notes - What stood in the way of a good photo at the press. */
  const take = async (notes: readonly CoachCode[]): Promise<void> => {
    if (camera === null || isTaking || video.current === null) return;
    setIsTaking(true);
    video.current.pause();
    try {
      const file = await takeStillOf(video.current, camera.track, isTorchOn, flow.photo.encodeFrame);
      if (isShown.current) onPhoto(file, notes);
    } catch (error) {
      release();
      onFailure(error);
    }
  };
  return { isTaking, take, release };
}
