/** English, or Chinese as finance writes it. */
export type Language = 'en' | 'zh';

/** What a person is told, in whichever language it is read. As a text, and in JSON, it is English. */
export interface Said {
  in: (language: Language) => string;
  toString: () => string;
  toJSON: () => string;
}

/** A text that is the same in every language (a path, an id, another program's words), or one that isn't. */
export type Wording = string | Said;

/** What stands for a name in a template; several are listed. */
export type Filling = Wording | number | readonly Wording[];

/** A text by what it is in a language. */
export function saidBy(words: (language: Language) => string): Said {
  return { in: words, toString: () => words('en'), toJSON: () => words('en') };
}

/** As it is read in a language. */
export function inLanguage(text: Wording, language: Language): string {
  return typeof text === 'string' ? text : text.in(language);
}

/** Texts in one, each language with its own mark between them. */
export function joined(parts: readonly Wording[], english = ', ', chinese = '、'): Said {
  return saidBy((language) =>
    parts.map((part) => inLanguage(part, language)).join(language === 'zh' ? chinese : english),
  );
}

/** A template with its values in their places: `{name}` stands for one. */
export function withValues(template: string, values: Readonly<Record<string, Filling>>, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    if (!Object.hasOwn(values, name)) return place;
    const value = values[name] as Filling;
    if (typeof value === 'number') return String(value);
    return inLanguage(Array.isArray(value) ? joined(value) : (value as Wording), language);
  });
}
