/** The kernels of assembly/, compiled by tools/vite-kernels.ts: the bytes of a WebAssembly module. */
declare module 'virtual:kernels-single' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
/** The same over a shared memory. */
declare module 'virtual:kernels-threads' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
