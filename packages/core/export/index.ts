export { BLOB_PART } from './blobs.ts';
export { linesOf } from './lines.ts';
export { parseLine } from './json.ts';
export { readLine, type EntryLine, type LaneLine } from './read.ts';
export { verifyExport, type ExportSummary, type ExportVerdict } from './verify.ts';
