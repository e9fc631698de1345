/** The pod devices whose keys this house holds. Throws `no_pod_device` for a persona that is not at home here. */
export interface Signer {
  /** 32-byte Ed25519 seed of the persona's pod device. */
  seed(persona: string): Uint8Array;
  /** 32-byte public key of the same. */
  device(persona: string): Uint8Array;
}
