import { useApp, useAppState } from '../app-context';

/** Says that a newer version lies ready. It never takes over unasked: a photo and its maps would be lost. */
export function UpdateBanner() {
  const { flow } = useApp();
  const isUpdateReady = useAppState((state) => state.isUpdateReady);
  const hasPhoto = useAppState((state) => state.photos.a.result !== null);
  if (!isUpdateReady) return null;
  return (
    <div className="error-banner update-banner" role="status" data-testid="update-ready">
      <p className="error-words">
        A newer version is ready. {hasPhoto ? 'Reloading closes the photo on the screen.' : 'Reload to use it.'}
      </p>
      <div className="error-actions">
        <button type="button" className="button" data-testid="update-now" onClick={flow.device.update}>
          Reload
        </button>
      </div>
    </div>
  );
}
