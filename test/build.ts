import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** Before the first test: builds the program that the tests of the command line run. */
export default function build(): void {
  if (isFresh()) return;
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: REPOSITORY, stdio: 'inherit' });
}

/** Whether every source file has its build, and none is younger than it. */
function isFresh(): boolean {
  const sources = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' });
  return sources
    .filter((name) => name.endsWith('.ts'))
    .every((name) => {
      const built = join(REPOSITORY, 'dist', name.replace(/\.ts$/, '.js'));
      return existsSync(built) && statSync(built).mtimeMs > statSync(join(REPOSITORY, 'src', name)).mtimeMs;
    });
}
