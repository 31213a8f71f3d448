import { CLOSING_ZH } from './closing.js';
import { COMMANDS_ZH } from './commands.js';
import { DISPUTES_ZH } from './disputes.js';
import { ENGINE_ZH } from './engine.js';
import { DIFFERENCES_ZH } from './faults/differences.js';
import { YAML_ZH } from './faults/yaml.js';
import { FORMS_ZH } from './forms.js';
import { LAKE_ZH } from './lake.js';
import { LOAD_ZH } from './load.js';
import { PACKETS_ZH } from './packets.js';
import { PAYMENTS_ZH } from './payments.js';
import { RUNS_ZH } from './runs.js';
import { SIGNATURES_ZH } from './signatures.js';
import { SUMMARY_ZH } from './summary.js';
import { USE_ZH } from './use.js';
import { WAREHOUSE_ZH } from './warehouse.js';

/** Everything that the program says, by its English template, in Chinese as finance writes it. */
export const ZH = {
  ...USE_ZH,
  ...LOAD_ZH,
  ...FORMS_ZH,
  ...WAREHOUSE_ZH,
  ...RUNS_ZH,
  ...CLOSING_ZH,
  ...PAYMENTS_ZH,
  ...PACKETS_ZH,
  ...SIGNATURES_ZH,
  ...DISPUTES_ZH,
  ...SUMMARY_ZH,
  ...COMMANDS_ZH,
  ...ENGINE_ZH,
  ...LAKE_ZH,
  ...YAML_ZH,
  ...DIFFERENCES_ZH,
};
