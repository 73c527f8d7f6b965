import { chromium } from '@playwright/test';
import { findBrowserHere } from '../tools/find-browser';
const b = await chromium.launch({ executablePath: findBrowserHere(), args: ['--no-sandbox'] });
const p = await b.newPage();
p.on('console', (m) => console.log('console', m.text().slice(0, 300)));
p.on('request', (r) => { if (!/127.0.0.1/.test(r.url()) ) console.log('req', r.url().slice(0, 80)); });
await p.goto('http://127.0.0.1:4821/');
const T='/tmp/wt-m/src/engine/own-model/testdata/';
for (const f of [['/tmp/tut-k2/tutorial.h5'], ['/tmp/tut-k2/tutorial.h5'], ['/tmp/tut-k3/tutorial.keras'], [T+'mixed.tfjs/model.json', T+'mixed.tfjs/group1-shard1of1.bin'],[T+'nested.keras'], [T+'others/lambda.keras']]) {
  await p.setInputFiles('#f', f);
  await p.waitForTimeout(500); await p.waitForFunction(() => document.getElementById('o')!.textContent !== '', null, { timeout: 60000 });
  console.log(f[0], await p.textContent('#o'));
}
await b.close();
