export { openArchive } from './open.ts';
export { zipOf, type ZipFile } from './zip-writer.ts';
export { itemsIn, type Item } from './items.ts';
export { LIMITS, type Archive, type ArchiveEntry, type ArchiveLimits, type LeftOut } from './types.ts';
