import { SettleError } from '../../../core/errors.js';
import { say } from '../../../words/say.js';

/** gRPC's codes, as far as they say something of their own. */
const CODES = {
  deadline: 4,
  exhausted: 8,
  aborted: 10,
  unavailable: 14,
  unauthenticated: 16,
  denied: 7,
  unimplemented: 12,
};

/** A failure of a step that may not come again; the step can be made anew. */
export class TransientFailure extends SettleError {}

/** The server has looked at a statement and can't do it. */
export class RefusedStatement extends SettleError {}

/**
 * What a failed call says. `met`: whether the server has answered this session before, which it then has lost. No text that
 * comes back may hold the token.
 */
export function callFailure(error: unknown, server: string, met: boolean, token: string | undefined): Error {
  const { code, details } = error as { code?: number; details?: string };
  if (typeof code !== 'number') return error instanceof Error ? error : new Error(String(error));
  const said = withoutSecret(details ?? '', token);
  if (code === CODES.unauthenticated || code === CODES.denied) return refused(server, said);
  if (
    /INVALID_HANDLE\.SESSION_|SparkContext was shut down|stopped SparkContext|Job .*cancelled because SparkContext/.test(
      said,
    )
  )
    return lost(server, said);
  if (code === CODES.unavailable || code === CODES.deadline) return met ? lost(server, said) : notThere(server, said);
  if (code === CODES.unimplemented)
    return new SettleError('machine', say('{server} answers, but is no Spark Connect server', { server }), {
      mend: NOT_THERE,
    });
  if (isTransient(code, said)) return new TransientFailure('machine', WORDS(server, said), { mend: AGAIN });
  return new RefusedStatement('machine', WORDS(server, said), { mend: FAILED });
}

/** Errors of Spark begin with their class in brackets, and name where they come from in many lines. */
const WORDS = (server: string, said: string) =>
  say("Spark at {server} can't do what it was asked: {why}", { server, why: firstLines(said) });

const AGAIN = say('Run again; where it comes again, look at the cluster.');
const FAILED = say(
  'See the log of the Spark server. Where the cluster is sound this is a defect of the program: report it.',
);
const NOT_THERE = say('See whether it runs, and whether its address in settle.yaml under "spark" is right: connect.');

/** Lost executors and files that a lost worker held come back elsewhere, and a busy server says to come again. */
function isTransient(code: number, said: string): boolean {
  if (code === CODES.exhausted || code === CODES.aborted) return true;
  return /ExecutorLostFailure|FetchFailed|MetadataFetchFailed|executor .* exited|INVALID_CURSOR\.DISCONNECTED|Executor heartbeat timed out/i.test(
    said,
  );
}

function notThere(server: string, said: string): SettleError {
  return new SettleError(
    'machine',
    say('no Spark server answers at {server}: {why}', { server, why: firstLines(said) }),
    {
      mend: NOT_THERE,
    },
  );
}

function lost(server: string, said: string): SettleError {
  return new SettleError(
    'machine',
    say('the Spark server at {server} was lost in the middle: {why}', { server, why: firstLines(said) }),
    { mend: say('Nothing was published. Once it answers again, run again; it continues from what is loaded.') },
  );
}

function refused(server: string, said: string): SettleError {
  return new SettleError(
    'machine',
    say('Spark at {server} refuses whoever asks: {why}', { server, why: firstLines(said) }),
    {
      mend: say('See whether the token is right and still valid, and whether the server takes one.'),
    },
  );
}

/** An execution in which nothing has gone on for so many seconds. */
export function standsStill(server: string, seconds: number): SettleError {
  return new SettleError(
    'machine',
    say(
      'on Spark at {server} nothing has gone on for {seconds} seconds: it may have lost all its workers, or have none to spare',
      {
        server,
        seconds,
      },
    ),
    {
      mend: say(
        'Nothing was published. See to the workers of the cluster, then run again; or allow more with "spark: patience".',
      ),
    },
  );
}

/** What a person can use of it: not the stack of a Java machine. */
export function firstLines(said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => !/^\s*(at |Driver stacktrace|JVM stacktrace|== SQL|\.\.\. \d+ more)/.test(line));
  const text = lines.slice(0, 2).join(' ').replace(/\s+/g, ' ').trim();
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function withoutSecret(text: string, token: string | undefined): string {
  return token === undefined || token === '' ? text : text.replaceAll(token, '…');
}
