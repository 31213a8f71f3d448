/** The forms of settings that aren't paths, wherever they are given: by flag, environment or file. */

/** What the database takes for a size: 4GB, 512 MiB. */
export function isSize(text: string): boolean {
  return /^\d{1,6}(\.\d+)?\s?([KMGT]i?B)$/i.test(text);
}

/** What INT96 of Parquet files may be taken for, which they don't say. */
export function isInt96(text: string): text is 'instant' | 'wall' {
  return text === 'instant' || text === 'wall';
}

/** A language that people are answered in. */
export function isLanguage(text: string): text is 'en' | 'zh' {
  return text === 'en' || text === 'zh';
}

/** What computes a settlement. */
export function isEngine(text: string): text is 'duckdb' | 'spark' {
  return text === 'duckdb' || text === 'spark';
}

/** On or off. */
export function isSwitch(text: string): boolean {
  return text === 'true' || text === 'false';
}

export function isCount(text: string): boolean {
  return /^\d{1,6}$/.test(text);
}

/** Rows: one or more of them. */
export function isRows(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text);
}

/** What a file that isn't UTF-8 may be read as: undefined where the name is known for nothing; `utf-8` allows no other. */
export function encodingOf(name: string): 'gb18030' | 'utf-8' | undefined {
  const normal = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (normal === 'utf8') return 'utf-8';
  return ['gb18030', 'gbk', 'gb2312'].includes(normal) ? 'gb18030' : undefined;
}
