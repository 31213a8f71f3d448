import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The decoder of JPG, base64, that the program was put together with; not there where it runs from the sources. */
declare const JPG_DECODER: string | undefined;

/** The decoder of JPG as it is instantiated: a package has no node_modules of this one. */
export function decoderBytes(): Buffer {
  if (typeof JPG_DECODER === 'string') return Buffer.from(JPG_DECODER, 'base64');
  return readFileSync(createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
}
