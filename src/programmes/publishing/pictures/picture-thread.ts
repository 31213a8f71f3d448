import { parentPort, workerData } from 'node:worker_threads';
import type { MeasureTerms } from './edge.js';
import { measure } from './measure.js';

/** A thread that measures pictures, one after the other, as it is given their paths. */

parentPort?.on('message', async (path: string) => {
  parentPort?.postMessage(await measure(path, workerData as MeasureTerms));
});
