import { expect, test, type Request } from '@playwright/test';
import { watchViolations } from './support/policy';

test('inline script, eval, a foreign request, a foreign image and a foreign frame are blocked', async ({ page }) => {
  const violations = await watchViolations(page);
  const foreign: Request[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith('https:')) foreign.push(request);
  });
  await page.goto('./');
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.head.append(script);
    const image = document.createElement('img');
    image.src = 'https://example.com/pixel.png';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(image, frame);
    // In a task of the page's own: what the test itself evaluates is exempt from the policy.
    const evaluated = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what must be blocked
          resolve(String(new Function('return "yes"')()));
        } catch {
          resolve('no');
        }
      });
    });
    const fetched = await fetch('https://example.com/').then(
      () => 'yes',
      () => 'no',
    );
    return { inline: 'inlineRan' in globalThis ? 'yes' : 'no', evaluated, fetched };
  });
  expect(outcome).toEqual({ inline: 'no', evaluated: 'no', fetched: 'no' });
  // An image's violation is told a moment later.
  await expect.poll(async () => (await violations()).join('\n')).toContain('img-src');
  const blocked = (await violations()).join('\n');
  for (const directive of ['script-src-elem', 'script-src', 'connect-src', 'frame-src']) expect(blocked).toContain(directive);
  // What the browser tells of them is that its policy stopped them, before the network.
  for (const request of foreign) expect(request.failure()?.errorText, request.url()).toBe('csp');
});

test('the server sends the policy and its companions with every kind of file', async ({ request, page }) => {
  await page.goto('./');
  const script = await page.locator('script[type=module]').getAttribute('src');
  for (const path of ['./', script ?? '', './wasm/tfjs-backend-wasm.wasm']) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy'], path).toContain("default-src 'self'");
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect(headers['referrer-policy'], path).toBe('no-referrer');
    expect(headers['permissions-policy'], path).toContain('camera=(self)');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['cross-origin-embedder-policy'], path).toBe('require-corp');
  }
});
