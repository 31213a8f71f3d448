import { readFileSync } from 'node:fs';

/** When a process of this machine began, as the system counts it; blank where there is none (any more), or the system doesn't say. */
export function processBegan(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? '' : (rest[18] ?? '');
  } catch {
    return '';
  }
}
