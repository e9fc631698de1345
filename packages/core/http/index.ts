export { contentDigest } from './digest.ts';
export { SIGNATURE_SECONDS, type HttpMessage } from './message.ts';
export { isOpenAddress } from './open-address.ts';
export { signRequest, type Signer, type Signing } from './sign.ts';
export { verifyRequest, type SignedRequest } from './verify.ts';
