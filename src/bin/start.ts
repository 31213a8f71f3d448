import { EXIT } from '../core/errors.js';
import { program } from './program.js';

/** What `settle` does once its Node is known to be new enough: the rights of what is written, the streams, the exit code. */
process.umask(process.umask() | 0o022); // nothing that is written is writable by others
// Where the answer can't be written (the reader of a pipe has gone, the disk is full) nobody could tell what was done.
process.stdout.on('error', (error) => {
  process.stderr.write(`error: the answer can't be written to standard output: ${error.message}\n`);
  process.exit(EXIT.unexpected);
});
process.exitCode = await program(process.argv.slice(2));
