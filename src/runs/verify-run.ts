import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesNamed } from '../policy/check.js';
import type { Programme } from '../programmes/interface/programme.js';
import type { VerifyRun } from '../verify/report.js';

/** Asks the second implementation of the programme whose rules the run folder's policy names. */
export const verifyRun: VerifyRun = async (runDir, options) => {
  const verify = await programmeIn(runDir).verifier();
  return verify(runDir, options);
};

/** Of a folder whose policy says nothing that can be read, the first programme's verifier tells what is wrong. */
function programmeIn(runDir: string): Programme {
  let text = '';
  try {
    text = readFileSync(join(runDir, 'policy.yaml'), 'utf8');
  } catch {}
  return rulesNamed(text);
}
