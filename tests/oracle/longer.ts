/**
 * How many times the usual number of cases the oracle's tests make: COMMONHOLD_ORACLE_TIMES, 1 unless told otherwise. Every case
 * beyond the usual ones is another one.
 */
export const TIMES = Math.max(1, Math.floor(Number(process.env['COMMONHOLD_ORACLE_TIMES'] ?? 1)) || 1);
