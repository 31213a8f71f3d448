import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Differences } from '../../../verify/differences.js';
import { readManifest } from './folder/manifest.js';
import { isWithin } from './folder/merged.js';
import { Doubt, type Message, type Order } from './helpers.js';
import { Prints } from './keys.js';
import { type Opened, Reading } from './reading.js';
import { totalsAsPublished } from './totals.js';

/** The thread that a helper reads its part in. It ends with `Doubt` at the first thing that differs. */

const port = parentPort;

function say(message: Message, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

function doubtless(differences: Differences): void {
  if (differences.count > 0) throw new Doubt();
}

async function read({ runDir, part }: Order): Promise<void> {
  const differences = new Differences(0);
  const reading = new Reading(runDir, differences, () => undefined);
  const manifest = readManifest(reading.folder, differences);
  const terms = reading.terms();
  if (terms === undefined) throw new Doubt();
  let bytes = 0;
  const prints = new Prints((taken) => say({ said: 'prints', prints: taken, bytes }, [taken.buffer as ArrayBuffer]));
  const onBreath = (now: number): void => {
    bytes = now;
    doubtless(differences);
  };
  const opened = await reading.open(terms, manifest, { onSession: (id) => prints.add(id), onBreath }, part);
  await opened.walk.run();
  prints.flush();
  if (!isWithin(part, opened.walk)) throw new Doubt();
  doubtless(differences);
  const rewarded = port === null ? [] : once(port, 'message');
  say({ said: 'walked', waiting: opened.walk.waiting });
  const [others = new Set<string>()] = await rewarded;
  opened.walk.complete(others);
  doubtless(differences);
  report(opened);
}

function report({ walk, anchors, files, findings, statements }: Opened): void {
  const settled = [...anchors].filter(([, anchor]) => anchor.settled).map(([id]) => id);
  const rows = Object.fromEntries([...files.finish()].map(([file, facts]) => [file, facts.rows]));
  const totals = totalsAsPublished(walk.totals);
  const { found } = findings;
  say({ said: 'done', result: { totals, settled, rows, statements: [...(statements?.compared ?? [])], found } });
}

await read(workerData as Order);
