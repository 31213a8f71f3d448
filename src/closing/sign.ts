import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Signatures } from '../close/signatures.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { printableLine } from '../text/terminal.js';
import { KEY_KINDS } from '../verify/signature/public-key.js';
import {
  CLOSE_SIGNATURE,
  PACKETS_SIGNATURE,
  PACKETS_TEXT,
  packetsTextOf,
  SIGN_NAMESPACE,
} from '../verify/signature/signed-close.js';
import { isSigned, signatureOf } from '../verify/signature/sshsig.js';
import { say } from '../words/say.js';

const CLOSE_TEXT = 'close.json';

/** What a close is signed with, and the fingerprint of its key. */
export interface SignedClose {
  files: Signatures;
  /** `SHA256:…` */
  key: string;
}

/**
 * Signs a close as it is written, by `ssh-keygen -Y sign`: no key is read here, and agents, passphrases and security
 * devices are ssh-keygen's. `scratch` is the command's own folder. Throws `usage` where it can't be signed.
 */
export async function signClose(
  content: string,
  key: string,
  scratch: string,
  context: Pick<Context, 'onSignal'>,
): Promise<SignedClose> {
  const keyFile = resolve(key);
  const packets = packetsTextOf(JSON.parse(content));
  const texts = new Map([
    [CLOSE_TEXT, content],
    ...(packets === undefined ? [] : ([[PACKETS_TEXT, packets]] as const)),
  ]);
  const folder = mkdtempSync(join(scratch, 'sign-'));
  try {
    for (const [name, text] of texts) writeFileSync(join(folder, name), text, { mode: 0o600 });
    await sshKeygen(['-q', '-Y', 'sign', '-f', keyFile, '-n', SIGN_NAMESPACE, ...texts.keys()], folder, context);
    return signedIn(folder, texts, keyFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Before anything that takes long. */
export function refuseNoKey(key: string): void {
  const path = resolve(key);
  if (existsSync(path)) return;
  throw new SettleError('usage', say('there is no key {path}', { path }), {
    file: path,
    mend: say('Give a private key of OpenSSH with --sign, or the public key of one that ssh-agent holds.'),
  });
}

/** What ssh-keygen wrote must be what `settle verify` takes: a key that it can't verify signs nothing. */
function signedIn(folder: string, texts: ReadonlyMap<string, string>, keyFile: string): SignedClose {
  const files = new Map<string, string>();
  let key = '';
  for (const [name, text] of texts) {
    const armor = readFileSync(join(folder, `${name}.sig`), 'utf8');
    const found = signatureOf(armor, text, SIGN_NAMESPACE);
    if (!isSigned(found))
      throw new SettleError(
        'usage',
        say('{path} signs in a way that settle verify does not know: {found}', { path: keyFile, found: found.found }),
        { file: keyFile, mend: say('Give a key of another kind: {kinds}.', { kinds: KEY_KINDS.join(', ') }) },
      );
    key = found.fingerprint;
    if (name === PACKETS_TEXT) files.set(PACKETS_TEXT, text);
    files.set(name === PACKETS_TEXT ? PACKETS_SIGNATURE : CLOSE_SIGNATURE, armor);
  }
  return { files, key };
}

/** It asks for a passphrase at the terminal itself, and says there what a security device waits for. */
async function sshKeygen(
  words: readonly string[],
  folder: string,
  { onSignal }: Pick<Context, 'onSignal'>,
): Promise<void> {
  const atTerminal = process.stderr.isTTY === true;
  const child = spawn('ssh-keygen', words, {
    cwd: folder,
    stdio: ['inherit', 'ignore', atTerminal ? 'inherit' : 'pipe'],
  });
  onSignal(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  const exit = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new SettleError('usage', say('ssh-keygen is not there, by which a close is signed'), {
        mend: say(
          'Install the OpenSSH client, 8.2 or later (openssh-client, openssh). Without it close without --sign, and sign later: settle close RUN --sign KEY.',
        ),
      });
    },
  );
  if (exit === 0) return;
  const why = printableLine(
    said
      .trim()
      .split(/[\r\n]+/)
      .at(-1) ?? '',
  );
  throw new SettleError(
    'usage',
    why === '' ? say('ssh-keygen signed nothing') : say('ssh-keygen signed nothing: {why}', { why }),
    { mend: say('Nothing was closed or signed. Give the right key and passphrase, and run again.') },
  );
}
