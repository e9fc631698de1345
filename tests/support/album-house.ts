/* A house that keeps files, in a process of its own: the command line's `start`, with the contract of a test beside the built-in ones. */
import { makeNodeSuite, startHouse } from '@commonhold/house';
import { ALBUM, contractsWith } from '../../packages/house/src/testing/album.ts';

const house = await startHouse(
  { data: process.env['COMMONHOLD_DATA']!, port: Number(process.env['COMMONHOLD_PORT']), host: null, origin: null },
  { contracts: contractsWith(makeNodeSuite(), ALBUM) },
);
process.stdout.write(`${house.banner().join('\n')}\n`);
process.once('SIGTERM', () => { void house[Symbol.asyncDispose](); });
