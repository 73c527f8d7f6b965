/** What computes on a graphics processor, where there is one. */
import type { Browser } from '@playwright/test';
import { isSoftwareRenderer } from '../src/domain/software-renderer';
import { spread, type Spread } from './spread';

const NO_ADAPTER = 'no adapter';

export interface Graphics {
  /** One pass by tfjs on WebGL, milliseconds, or why there is none. */
  readonly tfjsWebgl: Spread | string;
  /** Neither tfjs's nor onnxruntime-web's is measured yet: the bench has met no adapter. */
  readonly tfjsWebgpu: string;
  readonly ortWebgpu: string;
}

/** @param runs - photos after one to warm up. */
export async function measureGraphics(browser: Browser, url: string, photo: Buffer, runs: number): Promise<Graphics> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.goto(url);
    const { renderer, adapter } = await page.evaluate(async () => {
      const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      const { gpu } = navigator as unknown as {
        gpu?: { requestAdapter(): Promise<{ info: { description: string; vendor: string; architecture: string } } | null> };
      };
      const found = (await gpu?.requestAdapter().catch(() => null)) ?? null;
      return {
        renderer: gl === null ? '' : String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)),
        adapter: found === null ? '' : `${found.info.vendor} ${found.info.architecture} ${found.info.description}`,
      };
    });
    const webgpu = adapter === '' || isSoftwareRenderer(adapter) ? NO_ADAPTER : `not measured, on ${adapter}`;
    if (renderer === '' || isSoftwareRenderer(renderer)) return { tfjsWebgl: NO_ADAPTER, tfjsWebgpu: webgpu, ortWebgpu: webgpu };
    await page.goto(`${url}?backend=webgl`);
    await page.locator('[data-testid=app-status][data-state=ready]').waitFor({ timeout: 120_000 });
    const times: number[] = [];
    for (let run = 1; run <= runs + 1; run++) {
      await page.getByTestId('photo-input').setInputFiles({ name: `${run}.png`, mimeType: 'image/png', buffer: photo });
      await page.locator(`[data-testid=app-status][data-runs="${run}"]`).waitFor({ timeout: 120_000 });
      if (run > 1) times.push(Number(await page.getByTestId('score').getAttribute('data-forward-ms')));
    }
    return { tfjsWebgl: spread(times), tfjsWebgpu: webgpu, ortWebgpu: webgpu };
  } finally {
    await page.close();
  }
}
