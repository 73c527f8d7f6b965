import { sha256Hex } from '../src/domain/sha256';
const go = async ({ data: { files } }) => {
  const out: Record<string, number> = {}; let t = performance.now(); const lap = (n: string) => { const x = performance.now(); out[n] = Math.round(x - t); t = x; };
  const blob: Blob = files[0].blob;
  const h5 = await import('h5wasm'); lap('import'); const m: any = await h5.ready; lap('ready');
  const ab = await blob.arrayBuffer(); lap('arrayBuffer');
  await sha256Hex(ab); lap('sha');
  for (const how of ['workerfs', 'memfs', 'workerfs2', 'memfs2']) {
    const FS: any = m.FS; let path: string;
    if (how.startsWith('worker')) { FS.mkdir('/' + how); FS.mount(FS.filesystems.WORKERFS, { blobs: [{ name: 'a', data: blob }] }, '/' + how); path = '/' + how + '/a'; } else { path = '/' + how; FS.writeFile(path, new Uint8Array(ab)); }
    lap(how + ' put');
    const f = new h5.File(path, 'r'); lap(how + ' open');
    const c = f.attrs['model_config']!.value; lap(how + ' config');
    let n = 0; const walk = (g: any) => { for (const k of g.keys()) { const x = g.get(k); if (x instanceof h5.Group) walk(x); else { const v = x.value; n += v.length; } } };
    walk(f.get('model_weights')); lap(how + ' values ' + n); f.close();
  }
  self.postMessage(out);
};
self.onmessage = (e) => { go(e as never).catch((x) => self.postMessage({ error: String(x?.stack ?? x) })); };
