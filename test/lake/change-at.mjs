// Loaded before the program (`node --import`): writes a row to the file CHANGE just before a rename about CHANGE_AT.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { CHANGE, CHANGE_AT } = process.env;
const original = fs.renameSync;
let done = false;
fs.renameSync = function (from, to) {
  if (!done && String(from).includes(CHANGE_AT) && String(to).includes('session_row')) {
    done = true;
    fs.appendFileSync(CHANGE, 'late-1,a1,2023-11-07 20:00:00,2023-11-07 21:00:00,Y,2,文化,5.00,0.010000,1.000\n');
  }
  return original.call(this, from, to);
};
syncBuiltinESMExports();
