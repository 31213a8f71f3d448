#!/usr/bin/env node
import { program } from './program.js';

process.umask(process.umask() | 0o022); // nothing that is written is writable by others
process.exitCode = await program(process.argv.slice(2));
