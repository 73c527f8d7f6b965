import type { ModelManifest } from '../../domain/manifest';
import { ScrollTable } from '../ScrollTable';
import { fileSize } from '../words';

export function FilesTable({ manifest }: { readonly manifest: ModelManifest }) {
  const { files, quantisation } = manifest;
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <>
      <p>
        Weights are stored as {quantisation.dtype}; on the test pictures this changes no score by more than{' '}
        {quantisation.maxScoreChange} and the AUC by {quantisation.aucChange}. Every file is checked against its hash before it is
        used.
      </p>
      <ScrollTable labelledBy="files-title">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" className="number">
                Size
              </th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ path, sizeBytes, sha256 }) => (
              <tr key={path}>
                <th scope="row" className="mono">
                  {path}
                </th>
                <td className="number">{fileSize(sizeBytes)}</td>
                <td className="mono hash">{sha256}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td className="number">{fileSize(totalBytes)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollTable>
    </>
  );
}
