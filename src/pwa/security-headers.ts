/** What the app's own server, a static host, the service worker and the page itself tell the browser about security. */
/** Each directive as narrow as browsers permit; the default is the app's own origin and nothing else. */
const POLICY: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  // WebAssembly must be allowed by name.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // blob: is tfjs's thread: its script has no file of its own.
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  // blob: is the person's photo; data: is the page's own icon.
  'img-src': ["'self'", 'blob:', 'data:'],
  'style-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

function formatPolicy(policy: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/** For the page alone, by <meta>, where `frame-ancestors` means nothing (CSP Level 3, 3.3). */
export const PAGE_POLICY = formatPolicy(POLICY);

/**
 * For every file, by header; the page must meet both. A worker knows this one alone, and tfjs's thread, which inherits it,
 * imports its own script, a blob.
 */
const FILE_POLICY = formatPolicy({ ...POLICY, 'script-src': [...POLICY['script-src']!, 'blob:'], 'frame-ancestors': ["'none'"] });

/** Features of the browser that the app has no use for are off, for itself as for what it might embed. */
const OFF = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
];

/** @param isDevelopment - The hot-reload server puts scripts and styles into the page: there the policy is left out. */
export function securityHeaders(isDevelopment = false): Record<string, string> {
  return {
    // Cross-origin isolation (HTML standard): without it there is no SharedArrayBuffer, hence one thread.
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': ['camera=(self)', ...OFF.map((feature) => `${feature}=()`)].join(', '),
    ...(isDevelopment ? {} : { 'Content-Security-Policy': FILE_POLICY }),
  };
}
