/** Reads the parts of an SSH message (RFC 4251, section 5); whatever is cut or too long throws `BadForm`. */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new BadForm('cut');
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  number(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.take(4);
    return a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  }

  string(): Uint8Array {
    return this.take(this.number());
  }

  /** Of names, which are ASCII. */
  text(): string {
    return String.fromCharCode(...this.string());
  }

  /** A whole number that isn't negative, written as short as it can be. */
  whole(): bigint {
    const bytes = this.string();
    const [first = 0, second = 0] = bytes;
    if (first > 127 || (first === 0 && bytes.length > 0 && second < 128)) throw new BadForm('a number');
    return wholeOf(bytes);
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new BadForm('something behind its end');
  }
}

/** What can't be read, or isn't known. */
export class BadForm extends Error {}

/** Big-endian. */
export function wholeOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return value;
}

/** Big-endian, in so many bytes; undefined where it needs more. */
export function bytesOf(value: bigint, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at -= 1) {
    bytes[at] = Number(rest % 256n);
    rest /= 256n;
  }
  return rest === 0n ? bytes : undefined;
}

/** As an SSH message writes it: its length in four bytes, and itself. */
export function wireString(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(4 + bytes.length);
  new DataView(whole.buffer).setUint32(0, bytes.length);
  whole.set(bytes, 4);
  return whole;
}

/** Base64 with padding, as nobody can write otherwise; throws `BadForm`. */
export function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new BadForm('base64');
  const binary = atob(text);
  if (btoa(binary) !== text) throw new BadForm('base64');
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
