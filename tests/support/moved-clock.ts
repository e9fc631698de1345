/* A house whose machine's clocks a test moves, by messages: `wall` sets the clock on or back, `sleep` is a machine that slept. In ms. */
import { startHouse } from '@commonhold/house';

const moved = { wall: 0, awake: 0 };
process.on('message', ({ wall = 0, sleep = 0 }: { wall?: number; sleep?: number }) => {
  moved.wall += wall + sleep;
  moved.awake += sleep;
});
const announce = (lines: string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
const { COMMONHOLD_DATA: data = '', COMMONHOLD_PORT: port = '0' } = process.env;
const house = await startHouse({ data, port: Number(port), host: null, origin: null }, {
  announce, clocks: { wall: () => Date.now() + moved.wall, running: () => performance.now(), awake: () => performance.now() + moved.awake },
});
announce(house.banner());
process.once('SIGTERM', () => {
  void house[Symbol.asyncDispose]().then(() => process.exit(0));
});
