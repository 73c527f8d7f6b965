/** What a software renderer calls itself. Asked by name: `failIfMajorPerformanceCaveat` lets SwiftShader through. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE_RENDERER.test(renderer);
}
