import type { Page } from '@playwright/test';

/** Gathers what the page's policy blocks, from the first moment on. */
export async function watchViolations(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { policyViolations: violations });
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      violations.push(`${effectiveDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  const said: string[] = [];
  // A worker's violations reach the console only.
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) said.push(message.text());
  });
  return async () => {
    const own = await page.evaluate(() => (globalThis as unknown as { policyViolations: string[] }).policyViolations);
    return [...own, ...said];
  };
}
