import { type Filling, type Language, type Said, saidBy, withValues } from './said.js';

/** The names in a template. */
export type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends '' | `${string} ${string}` ? never : Name) | Names<Rest>
  : never;

/** A value for each name; none where the template has no name. */
export type ValuesOf<T extends string> = [Names<T>] extends [never] ? [] : [Readonly<Record<Names<T>, Filling>>];

/** Says a template of a catalogue with its values. The English template is what the Chinese one is found by. */
export type Sayer<K extends string> = <T extends K>(template: T, ...values: ValuesOf<T>) => Said;

/** The same in a language that is known already. */
export type Teller<K extends string> = <T extends K>(template: T, ...values: ValuesOf<T>) => string;

/** Of a catalogue, each template with its Chinese, which has the same names in whatever order. */
export function sayerOf<K extends string>(chinese: Readonly<Record<K, string>>): Sayer<K> {
  return (template, ...[values = {}]) =>
    saidBy((language) => withValues(language === 'zh' ? chinese[template] : template, values, language));
}

export function tellerOf<K extends string>(say: Sayer<K>, language: Language): Teller<K> {
  return (template, ...values) => say(template, ...values).in(language);
}
