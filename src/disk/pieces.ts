import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

export const PIECE = 1 << 20;

/** A file's bytes, a piece at a time, all in one buffer: take what is to stay. A stream would make a new one for each. */
export async function* pieces(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** The sha256 of a file, in hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces(path)) hash.update(piece);
  return hash.digest('hex');
}
