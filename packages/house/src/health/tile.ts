/** What a house looks after, of itself. */
export type TileKind = 'disk' | 'memory' | 'descriptors' | 'clock' | 'queue' | 'certificate' | 'dns' | 'ports' | 'backup';

/** One finding: `code` is what it is, `facts` the numbers and names that a sentence about it needs (bytes, ms, counts). */
export interface Tile { kind: TileKind; state: 'good' | 'watch' | 'act'; code: string; facts: Readonly<Record<string, string | number>> }

type Facts = Tile['facts'];

/** All is well. */
export const good = (kind: TileKind, code: string, facts: Facts = {}): Tile => ({ kind, state: 'good', code, facts });
/** Works, but not for ever, or may surprise somebody. */
export const watch = (kind: TileKind, code: string, facts: Facts = {}): Tile => ({ kind, state: 'watch', code, facts });
/** Does not work, or will not for long. */
export const act = (kind: TileKind, code: string, facts: Facts = {}): Tile => ({ kind, state: 'act', code, facts });
