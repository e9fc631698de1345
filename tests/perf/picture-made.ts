/* Makes one picture as the house does, in a process of its own, and says what that took: `node picture-made.ts FILE FOLDER`. */
import { join } from 'node:path';
import { render } from '../../packages/house/src/pictures/render.ts';

const [from = '', folder = ''] = process.argv.slice(2);
await render({ kind: 'jpeg', from, full: join(folder, 'full'), small: join(folder, 'small') });
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1e6, rss: process.resourceUsage().maxRSS / 1024 }));
