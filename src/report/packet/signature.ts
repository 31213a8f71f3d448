import { printableLine } from '../../text/terminal.js';
import type { RunSignature } from '../../verify/signature/run-signature.js';
import type { Wording } from '../../words/said.js';
import { say } from '../../words/say.js';

/** With which key a close is signed, and whose that is, as far as the reader's list says it. */
export function signatureSaid({ key, type, signer }: RunSignature): Wording {
  return signer === null
    ? say(
        "The close is signed with {key} ({type}). Whose key that is, it can't say itself: give those that you know with --allowed-signers.",
        { key, type },
      )
    : say('The close is signed by {signer}, with {key} ({type}).', { signer: printableLine(signer), key, type });
}
