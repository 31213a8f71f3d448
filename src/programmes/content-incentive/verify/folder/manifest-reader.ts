import type { Differences } from '../../../../verify/differences.js';

export const MANIFEST = 'manifest.json';

export type Fields = Record<string, unknown>;

/** Reads unknown values of the manifest; each has one right form. */
export class ManifestReader {
  constructor(private readonly differences: Differences) {}

  report(key: string, found: unknown, expected: string): void {
    const text = found === undefined ? 'nothing' : (JSON.stringify(found) ?? String(found));
    this.differences.add(MANIFEST, key, '', text, expected);
  }

  /** An object with exactly these keys in this order. */
  object(key: string, value: unknown, keys: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(key, value, `an object of ${keys.join(', ')}`);
      return {};
    }
    const found = Object.keys(value);
    if (found.join(' ') !== keys.join(' ')) this.report(key, found.join(', '), keys.join(', '));
    return { ...value };
  }

  list(key: string, value: unknown): unknown[] {
    if (Array.isArray(value)) return value;
    this.report(key, value, 'a list');
    return [];
  }

  text(key: string, value: unknown, sound: (text: string) => boolean, expected: string): string {
    if (typeof value === 'string' && sound(value)) return value;
    this.report(key, value, expected);
    return typeof value === 'string' ? value : '';
  }

  count(key: string, value: unknown): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    this.report(key, value, 'a count');
    return 0;
  }

  digest(key: string, value: unknown): string {
    return this.text(key, value, (text) => /^[0-9a-f]{64}$/.test(text), 'a sha256 in hexadecimal');
  }
}
