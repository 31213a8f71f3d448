import { readable } from '../core/money.js';

/** Bytes as people read them, rounded up: `1,234.5 MB`. */
export function megabytes(bytes: number): string {
  const tenths = Math.ceil(bytes / 100_000);
  return `${readable(String(Math.floor(tenths / 10)))}.${tenths % 10} MB`;
}
