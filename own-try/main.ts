const w = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
w.onmessage = (e) => { document.getElementById('o')!.textContent = JSON.stringify(e.data); };
(document.getElementById('f') as HTMLInputElement).onchange = (e) => {
  document.getElementById('o')!.textContent = '';
  w.postMessage({ files: [...(e.target as HTMLInputElement).files!].map((blob) => ({ name: blob.name, blob })), wasmUrl: new URL('/wasm/', location.href).href });
};
