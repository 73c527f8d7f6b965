/** The files of a drop or a paste. */

/** The part of a DataTransfer that is read. */
export interface FileTransfer {
  readonly files: ArrayLike<File>;
  readonly items: ArrayLike<Pick<DataTransferItem, 'kind' | 'getAsFile'>>;
}

/** Pictures first; where there is none, whatever files there are, so that the person reads why they don't fit. */
export function photosFromTransfer(transfer: FileTransfer): File[] {
  const listed = Array.from(transfer.files);
  const files =
    listed.length > 0
      ? listed
      : Array.from(transfer.items)
          .filter((item) => item.kind === 'file')
          .flatMap((item) => item.getAsFile() ?? []);
  const pictures = files.filter((file) => file.type.startsWith('image/'));
  return pictures.length > 0 ? pictures : files;
}
