import type { Socket } from 'node:net';

/** Requests of one connection that are taken in one turn of the loop: browsers send one, a script that pipelines a few. */
const IN_A_BREATH = 16;

/** False once a connection sends more in one breath than anybody needs. */
export type Breath = (socket: Socket) => boolean;

/** A packet holds hundreds of small requests, and all of them would be answered before anybody else is heard. */
export function makeBreath(): Breath {
  let turn = 0;
  let timed = false;
  const counts = new WeakMap<Socket, { turn: number; count: number }>();
  return (socket) => {
    if (!timed) {
      timed = true;
      setImmediate(() => { turn++; timed = false; });
    }
    const held = counts.get(socket);
    if (!held) { counts.set(socket, { turn, count: 1 }); return true; }
    if (held.turn !== turn) { held.turn = turn; held.count = 0; }
    return ++held.count <= IN_A_BREATH;
  };
}
