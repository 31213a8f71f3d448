// spark-events.mjs DIR: what the tasks of each application in a folder of event logs took (deploy/spark/cluster, EVENTS).
// Bytes and seconds as Spark counts them: processor seconds of tasks alone, bytes that tasks exchanged, bytes that were spilled.
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [dir] = process.argv.slice(2);
for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/^(events_\d+_)?app-/.test(entry.name) || entry.name.endsWith('.crc')) continue;
  const path = join(entry.parentPath, entry.name);
  const sum = { tasks: 0, failed: 0, processor_seconds: 0, gc_seconds: 0, exchanged_bytes: 0, spilled_bytes: 0, peak_task_bytes: 0 };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (!line.startsWith('{"Event":"SparkListenerTaskEnd"')) continue;
    const { 'Task Metrics': metrics, 'Task Info': info } = JSON.parse(line);
    sum.tasks += 1;
    if (info.Failed || info.Killed) sum.failed += 1;
    if (metrics === undefined) continue;
    sum.processor_seconds += (metrics['Executor CPU Time'] + metrics['Executor Deserialize CPU Time']) / 1e9;
    sum.gc_seconds += metrics['JVM GC Time'] / 1e3;
    sum.exchanged_bytes += metrics['Shuffle Write Metrics']['Shuffle Bytes Written'];
    sum.spilled_bytes += metrics['Disk Bytes Spilled'];
    sum.peak_task_bytes = Math.max(sum.peak_task_bytes, metrics['Peak Execution Memory'] ?? 0);
  }
  console.log(JSON.stringify({ application: entry.name, ...sum, processor_seconds: Math.round(sum.processor_seconds), gc_seconds: Math.round(sum.gc_seconds) }));
}
