export { linesOf } from './lines.ts';
export { verifyExport, type ExportSummary, type ExportVerdict } from './verify.ts';
