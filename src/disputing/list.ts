import { resolve } from 'node:path';
import { type KeptDispute, keptDisputes } from '../disputes/kept-disputes.js';
import { printableLine } from '../text/terminal.js';
import type { Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

/** `settle dispute list`: all of an output folder, or those that nobody has answered. */
export function listDisputes(
  { out, open }: { out: string; open?: boolean | undefined },
  language: Language | undefined,
): { answer: object; text: () => string } {
  const disputes = keptDisputes(resolve(out)).filter(({ answer }) => open !== true || answer === null);
  const tell = tellIn(language);
  return {
    answer: { out, disputes },
    text: () =>
      disputes.length === 0
        ? `${tell('No dispute is kept.')}\n`
        : disputes.map((kept) => linesOf(kept, language)).join(''),
  };
}

/** Whatever an agency wrote stands on lines of its own, and steers no terminal. */
function linesOf(kept: KeptDispute, language: Language | undefined): string {
  const tell = tellIn(language);
  const { id, received_at, dispute, answer } = kept;
  const { unit, run_id, anchor_id, session_id, date, claim, evidence, contact } = dispute;
  const of = session_id === null ? (date ?? '') : session_id;
  const whose = unit.kind === 'agency' ? say('agency {id}', { id: unit.id }) : say('anchor {id}', { id: unit.id });
  const head = tell('{id}  {unit}, run {run}, {anchor} {of}; came at {at}', {
    ...{ id, unit: whose, run: run_id, anchor: anchor_id, of, at: received_at },
  });
  const said = [
    [say('claim'), claim],
    [say('evidence'), evidence],
    [say('contact'), contact],
  ] as const;
  const lines = said.flatMap(([name, text]) =>
    text === '' ? [] : [tell('  {name}: {text}', { name, text: printableLine(text.replaceAll('\n', ' ')) })],
  );
  return `${[head, ...lines, answerLine(answer, language)].join('\n')}\n`;
}

function answerLine(answer: KeptDispute['answer'], language: Language | undefined): string {
  const tell = tellIn(language);
  if (answer === null) return tell('  open');
  const { accepted, answered_by, answered_at, text, rows, run_id } = answer;
  const values = { by: printableLine(answered_by), at: answered_at, text: printableLine(text.replaceAll('\n', ' ')) };
  const on = rows.map(({ file, line }) => printableLine(`${file}:${line}`)).join(', ');
  const head = accepted
    ? tell('  accepted by {by} at {at}, paid by run {run}: {text}', { ...values, run: run_id ?? '' })
    : tell('  refused by {by} at {at}: {text}', values);
  return on === '' ? head : `${head} (${on})`;
}
