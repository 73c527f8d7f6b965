/** Vite: the address under which the build serves a file. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
