const utf8 = new TextDecoder('utf-8', { fatal: true });
// The upper half of code page 437, in which names stand that do not say to be UTF-8.
const UPPER = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** The name of a file in an archive: UTF-8 where it is that, whatever it says, else code page 437. */
export function nameText(bytes: Uint8Array): string {
  try { return utf8.decode(bytes); } catch { return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : UPPER[byte - 128]!)).join(''); }
}
