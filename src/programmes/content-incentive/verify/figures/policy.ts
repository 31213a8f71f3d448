import { parseDocument } from 'yaml';
import type { Amount } from '../../../../core/money.js';
import { exact } from '../../../../verify/figures.js';
import { isDay } from '../../../../verify/forms.js';

/** A place of the policy that can't be read; the run's own check would have refused it. */
export class PolicyFault extends Error {
  constructor(
    readonly place: string,
    readonly found: string,
    readonly expected: string,
  ) {
    super(`${place}: ${expected} expected`);
  }
}

/** Values in force from a date on, ascending; the first is in force on the period's first day. */
export type Dated<T> = readonly [{ from: string; value: T }, ...{ from: string; value: T }[]];

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  return JSON.stringify(value) ?? String(value);
}

/**
 * A place in the policy's tree and what stands there. The tree stays `unknown` until a place is asked for what the
 * clauses need there, so that a policy of any shape ends in a `PolicyFault` that names the place.
 */
export class PolicyPlace {
  private constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  static parse(text: string): PolicyPlace {
    let value: unknown;
    try {
      const document = parseDocument(text);
      const [error] = document.errors;
      if (error !== undefined) throw error;
      value = document.toJS();
    } catch (cause) {
      throw new PolicyFault('', String(cause), 'YAML');
    }
    return new PolicyPlace(value, '');
  }

  get absent(): boolean {
    return this.value === undefined;
  }

  refuse(expected: string): never {
    throw new PolicyFault(this.path, shown(this.value), expected);
  }

  at(key: string): PolicyPlace {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.refuse('a mapping');
    const inner: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    return new PolicyPlace(inner, this.path === '' ? key : `${this.path}.${key}`);
  }

  each<T>(read: (place: PolicyPlace) => T): T[] {
    if (!Array.isArray(this.value)) return this.refuse('a list');
    return this.value.map((value: unknown, index) => read(new PolicyPlace(value, `${this.path}[${index}]`)));
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.refuse('text');
  }

  oneOf<T extends string>(words: readonly T[]): T {
    return words.find((word) => word === this.value) ?? this.refuse(words.join(' or '));
  }

  /** A count, a number of minutes, days or months, a level. */
  whole(): number {
    const { value } = this;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : this.refuse('an integer');
  }

  /** A decimal of so many places at most, zeros at its end not counted. */
  decimal(places = Infinity): Amount {
    const value = typeof this.value === 'string' ? exact(this.value) : undefined;
    if (value === undefined) return this.refuse('a quoted decimal');
    return value.decimalPlaces() <= places ? value : this.refuse(`a decimal of at most ${places} places`);
  }

  /** A value that may be dated; a plain one is in force from the period's first day. */
  dated<T>(read: (place: PolicyPlace) => T, periodFrom: string): Dated<T> {
    const { value } = this;
    const isDated = typeof value === 'object' && value !== null && Object.hasOwn(value, 'dated');
    if (!isDated) return [{ from: periodFrom, value: read(this) }];
    const list = this.at('dated');
    const values = list.each((place) => ({ from: place.at('from').text(), value: read(place.at('value')) }));
    const [first, ...later] = values;
    let before = '';
    for (const { from } of values) {
      if (!isDay(from) || from <= before) return list.refuse('ascending dates');
      before = from;
    }
    if (first === undefined || first.from > periodFrom) return list.refuse(`a value from ${periodFrom} or before`);
    return [first, ...later];
  }
}
