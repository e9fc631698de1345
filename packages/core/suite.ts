/** SHA-256 of what comes in pieces. */
export interface Hasher { update(bytes: Uint8Array): void; /** 32 bytes; once, at the end. */ digest(): Uint8Array }

/** The cryptography that core needs, so that a house may use Node's and a browser the pure one. */
export interface Suite {
  /** SHA-256, 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** Begins a SHA-256 over pieces. */
  hasher(): Hasher;
  /** Ed25519 public key (32 bytes) of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** Ed25519 signature (64 bytes) by a 32-byte seed. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** Strict Ed25519 check (RFC 8032); false, never an error, for malformed input. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** Random bytes from the system. */
  random(length: number): Uint8Array;
}
