import { existsSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Stands beside the file and says which load it held last: DuckDB doesn't notice where its end was cut off. */
export function headFile(file: string): string {
  return `${file}.head`;
}

/** What the file and its head are called while they are made; the process id stands in it. */
export function drafts(file: string): RegExp {
  return new RegExp(
    `^\\.?${basename(file).replace(/\W/g, '\\$&')}(?:\\.head|\\.format-\\d+)?\\.new-(\\d+)(?:\\.wal)?$`,
  );
}

/** A path without symbolic links, whether it exists already or not: DuckDB looks at where a path really leads. */
export function canonical(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole) || whole === dirname(whole)) return realpathSync(whole);
  return join(canonical(dirname(whole)), basename(whole));
}

/** What a file is called while this process makes it. */
export function draftOf(file: string): string {
  return join(dirname(resolve(file)), `.${basename(file)}.new-${process.pid}`);
}

export function removeDraft(draft: string): void {
  for (const path of [draft, `${draft}.wal`]) rmSync(path, { force: true });
}
