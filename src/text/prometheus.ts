/** A file in the text format that Prometheus collects: https://prometheus.io/docs/instrumenting/exposition_formats */

export interface Metric {
  name: string;
  /** What it is, in a sentence. */
  help: string;
  samples: Sample[];
}

/** The value is a text, so that an amount stands as it was written. */
export interface Sample {
  labels?: Record<string, string>;
  value: string;
}

/** Gauges, each with its help and type; one without a sample is left out. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} gauge`,
      ...samples.map(({ labels = {}, value }) => `${name}${labelsText(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** The value of a gauge without labels in such a text; undefined where it has none. */
export function gaugeIn(text: string, name: string): string | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line?.slice(name.length + 1);
}
