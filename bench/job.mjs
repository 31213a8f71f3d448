// job.mjs EXPORTS POLICY WORK [flags]: one whole `settle run` in this process; prints what each step took as JSON.
import { run } from '../dist/commands/run.js';

const [input, policy, work, ...flags] = process.argv.slice(2);
const steps = [];
let current = { name: 'start', from: performance.now() };
const begin = (name) => {
  const now = performance.now();
  if (name === current.name) return;
  steps.push({ name: current.name, seconds: (now - current.from) / 1000, peak: process.resourceUsage().maxRSS / 2 ** 20 });
  current = { name, from: now };
};
const flag = (name) => flags.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
const { manifest, runDir } = await run(
  { policy, input, out: `${work}/out`, warehouse: flags.includes('--memory') ? ':memory:' : `${work}/w.duckdb`, strict: false, statements: flags.includes('--statements'), threads: flag('--threads'), memoryLimit: flag('--memory-limit') },
  { clock: Date.now, progress: (phase) => begin(phase), summary: false, watch: () => false, onSignal: () => undefined },
);
begin('end');
console.log(JSON.stringify({ steps, runDir, sessions: manifest.accounting.rows_read, anchors: manifest.totals.anchors }));
