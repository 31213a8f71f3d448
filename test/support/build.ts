import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Before the first test: builds the program that the tests of the command line run. */
export default function build(): void {
  if (!isFresh()) execFileSync('npm', ['run', 'build', '--silent'], { cwd: REPOSITORY, stdio: 'inherit' });
}

/** Whether nothing that a build is made of is younger than it. */
function isFresh(): boolean {
  const built = join(REPOSITORY, 'dist/bin/settle.js');
  if (!existsSync(built)) return false;
  const sources = ['src', 'sql'].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return ['rolldown.config.ts', 'rolldown.browser.config.ts', 'package-lock.json', ...sources].every(
    (name) => statSync(join(REPOSITORY, name)).mtimeMs < statSync(built).mtimeMs,
  );
}
