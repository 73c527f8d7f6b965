/** The name of the device behind WebGL 2 in this worker; null: there is none. */
export function probeRenderer(): string | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return null;
  const renderer = readRenderer(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext(); // browsers allow only a few contexts at a time
  return renderer;
}

export function readRenderer(gl: WebGL2RenderingContext | WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info'); // null in Firefox, which tells the name without it
  return String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}
