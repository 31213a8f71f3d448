import { readable } from '../money.js';
import { printableLine } from '../terminal.js';
import type { Datum, Phrase } from './model.js';
import { LABELS, type Label, SENTENCES, TESTS, type TestName, THINGS } from './words-en.js';
import { LABELS_ZH, SENTENCES_ZH, TESTS_ZH, THINGS_ZH } from './words-zh.js';

export type Language = 'en' | 'zh';

/** Says phrases and values in a language; what comes from exports is made fit for a terminal's line. */
export interface Voice {
  language: Language;
  say: (datum: Datum | null) => string;
  label: (label: Label) => string;
  test: (name: TestName) => string;
}

export function voice(language: Language): Voice {
  const zh = language === 'zh';
  const say = (datum: Datum | null): string => (datum === null ? '' : sayDatum(datum, zh, say));
  return {
    language,
    say,
    label: (label) => (zh ? LABELS_ZH : LABELS)[label],
    test: (name) => (zh ? TESTS_ZH : TESTS)[name],
  };
}

type Say = (datum: Datum | null) => string;

function sayDatum(datum: Datum, zh: boolean, say: Say): string {
  if (typeof datum === 'string') return printableLine(datum);
  if ('say' in datum) return sayPhrase(datum, zh, say);
  if ('seconds' in datum) return duration(datum.seconds, zh);
  if ('minutes' in datum) return minutes(datum.minutes, zh);
  if ('span' in datum) return span(datum.span, zh);
  if ('amount' in datum) return readable(datum.amount);
  if ('more' in datum) return more(datum.more, zh);
  if ('money' in datum) return `${readable(datum.money)} ${zh ? '元' : 'CNY'}`;
  if ('all' in datum) return datum.all.map(say).join(zh ? '；' : '; ');
  const count = readable(String(datum.count));
  if (zh) return THINGS_ZH[datum.of].replace('{count}', count);
  return `${count} ${THINGS[datum.of][datum.count === 1 ? 0 : 1]}`;
}

function sayPhrase({ say: sentence, with: values }: Phrase, zh: boolean, say: Say): string {
  const template = (zh ? SENTENCES_ZH : SENTENCES)[sentence];
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${sentence} lacks ${name}`);
    return say(value);
  });
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** 2 h 10 min; hours are not made days, because a day is a settlement date here. */
function duration(seconds: number, zh: boolean): string {
  const [h, min, s] = zh ? ['小时', '分', '秒'] : ['h', 'min', 's'];
  const parts = [
    [Math.floor(seconds / HOUR), h],
    [Math.floor((seconds % HOUR) / MINUTE), min],
    [seconds % MINUTE, s],
  ].filter(([count]) => count !== 0);
  if (parts.length === 0) return `0 ${s}`;
  return parts.map(([count, unit]) => `${readable(String(count))} ${unit}`).join(' ');
}

/** 18 d 12 h: the time between two moments. */
function span(seconds: number, zh: boolean): string {
  const days = Math.floor(seconds / DAY);
  const rest = seconds % DAY === 0 ? '' : ` ${duration(seconds % DAY, zh)}`;
  return days === 0 ? duration(seconds, zh) : `${readable(String(days))} ${zh ? '天' : 'd'}${rest}`;
}

/** A threshold that a policy gives in minutes. */
function minutes(seconds: number, zh: boolean): string {
  const count = seconds / MINUTE;
  if (!Number.isInteger(count)) return duration(seconds, zh);
  return zh ? `${readable(String(count))} 分钟` : `${readable(String(count))} ${count === 1 ? 'minute' : 'minutes'}`;
}

/** "12 more seconds", "2 h 10 min more". */
function more(seconds: number, zh: boolean): string {
  if (zh) return `再多 ${duration(seconds, zh)}`;
  if (seconds >= MINUTE) return `${duration(seconds, zh)} more`;
  return `${seconds} more ${seconds === 1 ? 'second' : 'seconds'}`;
}
