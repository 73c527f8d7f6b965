import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { CameraButton } from '../camera/CameraButton';
import { FileButton } from '../FileButton';
import { Menu } from '../Menu';

/** A second photo to compare with. Nothing before a first one is there. */
export function SecondPhotoMenu() {
  const { flow } = useApp();
  const hasFirst = useAppState((state) => state.photos.a.result !== null);
  const second = useAppState((state) => state.photos.b.result?.runId ?? null);
  // Its samples keep their places.
  const isTutorial = useAppState((state) => state.tutorial !== null);
  const isOtherModel = useAppState((state) => state.own.compared !== null);
  const says = words.viewer.second;
  if (!hasFirst || isTutorial) return null;
  return (
    <Menu label={says.title} testId="second-menu" className="small" closeOn={second}>
      <FileButton
        label={second === null ? says.choose : says.replace}
        className="small"
        testId="photo-input-b"
        onFile={(file) => void flow.photo.analyse(file, 'b')}
      />
      <CameraButton slot="b" />
      {second !== null && (
        <>
          <button
            type="button"
            className="button small"
            data-testid="swap-photos"
            disabled={isOtherModel}
            onClick={() => flow.photo.swap()}
          >
            {says.swap}
          </button>
          <button type="button" className="button small" data-testid="remove-b" onClick={() => flow.photo.removeSecond()}>
            {says.remove}
          </button>
          {isOtherModel && <p className="small soft">{says.noSwap}</p>}
        </>
      )}
    </Menu>
  );
}
