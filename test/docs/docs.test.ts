/** What the pages say, held against the program: in one process, which reads the pages and the program once. */
import './architecture.js';
import './cli.js';
import './codes.js';
import './commands.js';
import './contributing.js';
import './exports.js';
import './links.js';
import './lists.js';
import './policy.js';
import './promises.js';
import './rulebook.js';
