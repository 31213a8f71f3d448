/** A strict reader of the text format that Prometheus collects: what isn't exactly of its form is thrown. */

export interface Sample {
  name: string;
  labels: Record<string, string>;
  /** As it is written. */
  value: string;
}

export interface Family {
  help: string;
  type: string;
  samples: Sample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];
const VALUE = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$|^([+-]?Inf|NaN)$/;
/** Base units by the conventions, and what counts has none. */
const SUFFIXES = /_(seconds|cny|code|sessions|rows|notices)$/;

/** Families by name, in their order; each has HELP, TYPE and samples, in this order and in one piece. */
export function familiesIn(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (!NAME.test(name)) throw new Error(`no name of a metric: ${name}`);
      if (families.has(name)) throw new Error(`${name} stands twice`);
      if (!/^(?:[^\\]|\\[\\n])*$/.test(rest)) throw new Error(`a wrong escape in the help of ${name}`);
      families.set(name, { help: rest, type: '', samples: [] });
      current = name;
    } else if (keyword === 'TYPE') {
      const family = families.get(name);
      if (name !== current || family === undefined || family.type !== '' || family.samples.length > 0)
        throw new Error(`the type of ${name} doesn't follow its help`);
      if (!TYPES.includes(rest)) throw new Error(`no type: ${rest}`);
      family.type = rest;
    } else {
      const sample = sampleIn(line);
      const family = families.get(sample.name);
      if (family === undefined || sample.name !== current || family.type === '')
        throw new Error(`a sample apart from its metric: ${line}`);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(key)) throw new Error(`a sample stands twice: ${line}`);
      seen.add(key);
      family.samples.push(sample);
    }
  }
  for (const [name, { samples, type }] of families) {
    if (samples.length === 0) throw new Error(`${name} has no sample`);
    if (!SUFFIXES.test(name)) throw new Error(`${name} doesn't end in its unit, or in what it counts`);
    if (type === 'gauge' && /_(total|count|sum|bucket)$/.test(name)) throw new Error(`${name} is named like a counter`);
  }
  return families;
}

function sampleIn(line: string): Sample {
  const [, name, labels, value] = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no sample: ${line}`);
  if (!NAME.test(name)) throw new Error(`no name of a metric: ${name}`);
  if (!VALUE.test(value)) throw new Error(`no value: ${line}`);
  return { name, labels: labels === undefined ? {} : labelsIn(labels), value };
}

function labelsIn(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [all, name = '', value = '', comma] = /^([^=]+)="((?:[^"\\\n]|\\[\\n"])*)"(,|$)/.exec(rest) ?? [];
    if (all === undefined || !LABEL.test(name) || name in labels) throw new Error(`no labels: ${text}`);
    labels[name] = value.replace(/\\(.)/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(all.length);
    if (comma === ',' && rest === '') throw new Error(`labels that end in a comma: ${text}`);
  }
  return labels;
}
