/** A path to a root as C2SP's tlog-proof has it: an index, hashes from below, and a checkpoint of origin, size and root. */
export interface Proof {
  index: number;
  path: Uint8Array[];
  origin: string;
  size: number;
  root: Uint8Array;
}

const HASH = /^[A-Za-z0-9+/]{43}=$/;
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** undefined where the text has another form. */
export function readProof(text: string): Proof | undefined {
  const [head = '', checkpoint = '', signatures] = text.split('\n\n');
  const [first, second = '', ...hashes] = head.split('\n');
  const [origin = '', size = '', root = '', end, ...more] = checkpoint.split('\n');
  const index = /^index (\d+)$/.exec(second)?.[1] ?? '';
  const isWhole = end === '' && more.length === 0 && signatures === undefined;
  if (first !== 'c2sp.org/tlog-proof@v1' || !NUMBER.test(index) || !NUMBER.test(size) || origin === '' || !isWhole)
    return undefined;
  const all = [...hashes, root];
  if (!all.every(isHash) || Number(index) >= Number(size)) return undefined;
  return { index: Number(index), path: hashes.map(bytesOf), origin, size: Number(size), root: bytesOf(root) };
}

/** 32 bytes in base64, as nobody can write otherwise. */
function isHash(text: string): boolean {
  return HASH.test(text) && btoa(atob(text)) === text;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
