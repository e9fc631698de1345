/** Requests of one connection that are taken in one turn of the loop: browsers send one, a script that pipelines a few. */
const IN_A_BREATH = 16;
/** A browser asks for all files of a page at once, by HTTP/2. */
const STREAMS_IN_A_BREATH = 128;

/** False once a connection sends more in one breath than anybody needs. */
export type Breath = (carrier: object) => boolean;

/** A packet holds hundreds of small requests, and all of them would be answered before anybody else is heard. */
export function makeBreath(): Breath {
  let turn = 0;
  let timed = false;
  const counts = new WeakMap<object, { turn: number; count: number }>();
  return (carrier) => {
    if (!timed) {
      timed = true;
      setImmediate(() => { turn++; timed = false; });
    }
    const held = counts.get(carrier);
    if (!held) { counts.set(carrier, { turn, count: 1 }); return true; }
    if (held.turn !== turn) { held.turn = turn; held.count = 0; }
    return ++held.count <= ('goaway' in carrier ? STREAMS_IN_A_BREATH : IN_A_BREATH);
  };
}
