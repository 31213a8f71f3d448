import { isUtf8 } from 'node:buffer';

/** Where a file stops being UTF-8. */
export interface NotUtf8 {
  offset: number;
}

/** Checks UTF-8 across chunk borders: a sequence that a chunk cuts is looked at with the next. */
export class Utf8Checker {
  #carry: Buffer = Buffer.alloc(0);
  #offset = 0;

  push(chunk: Buffer): NotUtf8 | undefined {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const whole = bytes.length - cutSequence(bytes);
    const part = bytes.subarray(0, whole);
    if (!isUtf8(part)) return { offset: this.#offset + firstInvalid(part) };
    this.#offset += whole;
    this.#carry = Buffer.from(bytes.subarray(whole));
    return undefined;
  }

  end(): NotUtf8 | undefined {
    return this.#carry.length === 0 ? undefined : { offset: this.#offset };
  }
}

/** How many bytes at the end begin a sequence that isn't complete. */
function cutSequence(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** The offset of the first byte that no valid prefix contains, by halving. */
function firstInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - cutSequence(prefix)))) valid = middle;
    else invalid = middle;
  }
  return valid - cutSequence(bytes.subarray(0, valid));
}
