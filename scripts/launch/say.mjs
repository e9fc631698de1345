/** One plain line about what is being done. To stderr, so that `commonhold export > file` stays clean. */
export const say = (line) => { process.stderr.write(`${line}\n`); };

/**
 * Says a line and, on a terminal, counts the seconds behind it until the work ends.
 * @template T
 * @param {string} line
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function during(line, work) {
  const begun = Date.now();
  if (!process.stderr.isTTY) say(line);
  const draw = () => process.stderr.write(`\r${line} ${Math.round((Date.now() - begun) / 1000)} s `);
  const timer = process.stderr.isTTY ? setInterval(draw, 500) : undefined;
  if (timer) draw();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (timer) process.stderr.write('\n');
  }
}
