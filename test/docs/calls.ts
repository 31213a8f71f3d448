import type { Page } from './pages.js';

/** The commands that a page shows. */

/** A line of a shell, in words: quotes are taken off, comments left out, and what is joined by `&&`, `||`, `|` or `;` comes apart. */
export function commandsIn(line: string): string[][] {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(#.*$)|([^\s"']+)/g)]
    .filter(([, , , comment]) => comment === undefined)
    .map(([, double, single, , bare]) => ({ word: double ?? single ?? bare ?? '', isSign: bare !== undefined }));
  const commands: string[][] = [[]];
  for (const { word, isSign } of words) {
    if (isSign && /^(&&|\|\||[|;])$/.test(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

const SHELL = ['sh', 'crontab', 'console'];

/** Lines of a block that are commands: of a console those behind `$`. */
function linesOf({ lang, text }: Page['blocks'][number]): string[] {
  const lines = text.split('\n');
  if (lang === 'crontab') return lines.map((line) => line.replace(/^(\S+ +){5}/, '')); // when it is called
  return lang === 'console' ? lines.flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : [])) : lines;
}

/** Every command of the blocks that a shell would take. */
export function shellCommands({ blocks }: Page): string[][] {
  return blocks.filter(({ lang }) => SHELL.includes(lang)).flatMap((block) => linesOf(block).flatMap(commandsIn));
}

/** The words behind `settle`, wherever a page calls it: in blocks, and in code within a line. */
export function settleCalls(page: Page): string[][] {
  const inLines = page.spans.filter((span) => /^settle [a-z-]/.test(span)).flatMap(commandsIn);
  return [...shellCommands(page), ...inLines].flatMap((words) => {
    const program = words.findIndex((word) => /(^|[/=])settle(\.js)?$/.test(word));
    return program < 0 || /^(podman|npm)$/.test(words[0] as string) ? [] : [words.slice(program + 1)];
  });
}
