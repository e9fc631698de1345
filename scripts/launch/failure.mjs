/** A failure that has a sentence for people: the launcher prints it, alone, and ends with 1. */
export class LaunchFailure extends Error {
  name = 'LaunchFailure';
}

const NETWORK = /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED)\b|network/;
const CERTIFICATE = /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|CERT_HAS_EXPIRED|UNABLE_TO_VERIFY/;

/** In the order they are tried: npm says "network" in many of its complaints, so that comes last. */
const KINDS = [
  [/\bENOSPC\b|no space left/i, (what, where) => `There is no space left on the disk that holds ${where}. Free about 500 MB, then run the same command again.`],
  [/\bEROFS\b|\bEACCES\b|\bEPERM\b|read-only file system/i, (what, where) => `${what} needs to write in ${where}, and may not. Make the folder writable for you, or copy it to one that is.`],
  [/\bEINTEGRITY\b|sha512/i, (what) => `${what} got something else than what this project pins. Nothing of it was kept. A proxy or a mirror may have changed it; try another network.`],
  [/\bE404\b|\bETARGET\b/, (what) => `${what} asked the package registry for something it does not have. Check "npm config get registry".`],
  [CERTIFICATE, (what) => `${what} could not trust the registry's certificate. If a proxy stands between, give npm its certificate: npm config set cafile FILE.`],
  [NETWORK, (what) => `${what} needs the network once, and the package registry did not answer. Connect, then run the same command again; afterwards no network is needed.`],
];

/**
 * The sentence for a failed step.
 * @param {string} what the step, as the start of a sentence
 * @param {string} where the folder it writes
 * @param {string} output all that was said, or an error's code and message
 */
export function sentence(what, where, output) {
  for (const [pattern, say] of KINDS) if (pattern.test(output)) return say(what, where);
  const tail = output.trim().split('\n').filter((line) => !/complete log|^npm warn/i.test(line)).slice(-12).join('\n');
  return `${what} failed. The last that was said:\n${tail}`;
}

/** Runs file work and turns what the file system says into a sentence. */
export function filing(what, where, work) {
  try {
    return work();
  } catch (error) {
    if (!error || !error.code) throw error;
    throw new LaunchFailure(sentence(what, where, `${error.code} ${error.message}`));
  }
}
