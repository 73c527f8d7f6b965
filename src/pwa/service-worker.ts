/// <reference lib="webworker" />
/**
 * The app's files without a network, and the app's security headers on hosts that send none. It keeps what the build
 * lists and nothing else: the model's weights have a cache of their own (engine/weights-shelf.ts), and a photo only passes
 * through, when another app shares it.
 */
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { keepSharedFiles } from './shared-files';
import { withSecurityHeaders } from './with-security-headers';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Where the manifest's share_target posts to. */
const SHARE_PATH = new URL('share', self.registration.scope).pathname;

addPlugins([{ handlerWillRespond: ({ response }) => Promise.resolve(withSecurityHeaders(response)) }]);
// `?backend=wasm` and `?shared=1` open the same page.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/^(backend|shared)$/], cleanURLs: false });
cleanupOutdatedCaches();

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method !== 'POST' || new URL(url).pathname !== SHARE_PATH) return;
  event.respondWith(takeShare(event.request));
});

async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const files = form.getAll('photos').filter((value): value is File => value instanceof File);
  const isKept = await keepSharedFiles(self.caches, files);
  return Response.redirect(`${self.registration.scope}?shared=${isKept ? files.length : 'failed'}`, 303);
}

self.addEventListener('message', (event) => {
  // The page asks for it when the person has agreed to the update.
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
