/** npm start: builds the app, serves it, prints the address. */
import { build } from 'vite';
import { serveDist } from './serve';

process.stdout.write('Building Lesion Lens ...\n');
await build({ logLevel: 'warn' });
const { url } = await serveDist(4173);
process.stdout.write(`\nLesion Lens is ready: ${url}\nIt runs on this computer only. Stop it with Ctrl-C.\n`);
