/** 16 random bytes as hex. `crypto.randomUUID` is missing on plain local-network addresses; this is not. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
