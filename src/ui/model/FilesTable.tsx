import type { ModelManifest } from '../../domain/manifest';
import { words } from '../../words/words';
import { ScrollTable } from '../ScrollTable';
import css from './model.module.css';

export function FilesTable({ manifest }: { readonly manifest: ModelManifest }) {
  const says = words.pages.model.files;
  const { files, quantisation } = manifest;
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <>
      <p>{says.quantisation(quantisation.dtype, quantisation.maxScoreChange, quantisation.aucChange)}</p>
      <ScrollTable labelledBy="files-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{says.columns.file}</th>
              <th scope="col" className="number">
                {says.columns.size}
              </th>
              <th scope="col">{says.columns.sha256}</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ path, sizeBytes, sha256 }) => (
              <tr key={path}>
                <th scope="row" className="mono">
                  {path}
                </th>
                <td className="number">{says.size(sizeBytes)}</td>
                <td className={`mono ${css.hash}`}>{sha256}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{says.total}</th>
              <td className="number">{says.size(totalBytes)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollTable>
    </>
  );
}
