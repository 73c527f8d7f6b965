import { securityHeaders } from './security-headers';

/**
 * The same response with the app's security headers, among them those that isolate a page: threads need them, and a static
 * host may not send them.
 */
export function withSecurityHeaders(response: Response): Response {
  // An opaque or failed answer cannot be rebuilt, and isolates nothing.
  if (response.type === 'opaque' || response.type === 'error' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders())) headers.set(name, value);
  const isEmpty = [101, 204, 205, 304].includes(response.status);
  return new Response(isEmpty ? null : response.body, { status: response.status, statusText: response.statusText, headers });
}
