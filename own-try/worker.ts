self.onmessage = async ({ data: { files, wasmUrl } }) => {
  const t = [performance.now()];
  try {
    const { openOwnModel } = await import('../src/engine/tfjs/own-network');
    t.push(performance.now());
    const n = await openOwnModel(files, wasmUrl); const m = n;
    t.push(performance.now());
    const { height, width, channels } = m.facts.input;
    const input = new Float32Array(height * width * channels).map((_, i) => (i * 7919 % 1000) / 1000);
    const a = await n.forward(input);
    t.push(performance.now());
    const maps = await n.readMaps(a.run, m.facts.layers[0]!.name);
    t.push(performance.now());
    await n.score(input);
    t.push(performance.now());
    const mem = n.memory();
    n.dispose();
    self.postMessage({ detail: n.detail, outputs: [...a.outputs].slice(0, 5), maps: maps.length, totals: m.facts.totals, mem, names: ['import', 'open', 'first', 'maps', 'second'], t: t.slice(1).map((x, i) => Math.round(x - t[i]!)), total: Math.round(t[3]! - t[0]!) });
  } catch (e) { self.postMessage({ error: String(e), stack: (e as Error).stack }); }
};
