// The two builds that are compared: this one, and an earlier one from a worktree of its own.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * `earlier` is a commit, which is built in a worktree below `work`, with the packages that are installed here; or a
 * folder that holds a build. `end` takes the worktree away again.
 */
export function sidesOf(earlier, work) {
  const today = { name: 'today', root: ROOT };
  if (earlier === undefined) return { sides: [today], end: () => undefined };
  if (existsSync(join(earlier, 'dist/bin/settle.js'))) {
    return { sides: [today, { name: 'earlier', root: resolve(earlier) }], end: () => undefined };
  }
  const root = join(work, 'worktree');
  const git = (...words) => execFileSync('git', ['-C', ROOT, ...words], { encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--verify', `${earlier}^{commit}`);
  const end = () => {
    rmSync(join(root, 'node_modules'), { force: true });
    git('worktree', 'remove', '--force', root);
  };
  git('worktree', 'add', '--detach', '--quiet', root, commit);
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (failure) {
    end();
    throw failure;
  }
  return { sides: [today, { name: 'earlier', root, commit }], end };
}
