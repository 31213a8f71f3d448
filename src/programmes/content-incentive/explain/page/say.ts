import { readable } from '../../../../core/money.js';
import type { Language } from '../../../../text/language.js';
import { printableLine } from '../../../../text/terminal.js';
import { PARTS, type Part } from '../../policy/parts.js';
import type { Datum, Phrase, StateName } from '../model.js';
import { termZh } from '../words/terms-zh.js';
import { LABELS, type Label, SENTENCES, TESTS, type TestName, THINGS } from '../words/words-en.js';
import { LABELS_ZH, SENTENCES_ZH, STATES_ZH, TESTS_ZH, THINGS_ZH } from '../words/words-zh.js';

/** Says phrases and values in a language; what comes from exports is made fit for a terminal's line. */
export interface Voice {
  language: Language;
  say: (datum: Datum | null) => string;
  label: (label: Label) => string;
  test: (name: TestName) => string;
  /** A part of the total, as the programme declares it. */
  part: (name: Part) => string;
  marks: Marks;
  /** A name and what belongs to it: "Earned: 0.00 CNY". */
  pair: (name: string, text: string) => string;
  /** A test with its value, in a line. */
  fact: (name: TestName, value: Datum | null) => string;
  /** In brackets, behind something. */
  aside: (text: string) => string;
}

/** The marks between the parts of a line, with their spaces; Chinese ones are full-width. */
interface Marks {
  comma: string;
  semicolon: string;
  /** Between the items of a list. */
  item: string;
}

const MARKS: Record<Language, Marks> = {
  en: { comma: ', ', semicolon: '; ', item: ', ' },
  zh: { comma: '，', semicolon: '；', item: '、' },
};

export function voice(language: Language): Voice {
  const zh = language === 'zh';
  const say = (datum: Datum | null): string => (datum === null ? '' : sayDatum(datum, zh, say));
  const test = (name: TestName): string => (zh ? TESTS_ZH : TESTS)[name];
  const pair = (name: string, text: string): string => (zh ? `${name}：${text}` : `${name}: ${text}`);
  return {
    language,
    say,
    label: (label) => (zh ? LABELS_ZH : LABELS)[label],
    test,
    part: (name) => partNamed(name, zh),
    marks: MARKS[language],
    pair,
    fact: (name, value) => (zh ? stateOf(name, value) : undefined) ?? pair(test(name), say(value)),
    aside: (text) => (zh ? `（${text}）` : ` (${text})`),
  };
}

function partNamed(part: Part, zh: boolean): string {
  const { en, zh: chinese } = PARTS.find(({ name }) => name === part) as (typeof PARTS)[number];
  return zh ? chinese : en.one;
}

type Say = (datum: Datum | null) => string;

/** Of a flag what it says in a word; undefined of anything else. */
function stateOf(name: TestName, value: Datum | null): string | undefined {
  if (value === null || typeof value === 'string' || !('flag' in value)) return undefined;
  return Object.hasOwn(STATES_ZH, name) ? STATES_ZH[name as StateName][value.flag ? 0 : 1] : undefined;
}

function sayDatum(datum: Datum, zh: boolean, say: Say): string {
  if (typeof datum === 'string') return printableLine(datum);
  if ('say' in datum) return sayPhrase(datum, zh, say);
  if ('seconds' in datum) return duration(datum.seconds, zh);
  if ('minutes' in datum) return minutes(datum.minutes, zh);
  if ('span' in datum) return span(datum.span, zh);
  if ('amount' in datum) return readable(datum.amount);
  if ('more' in datum) return more(datum.more, zh);
  if ('percent' in datum) return zh ? `${datum.percent}%` : `${datum.percent} %`;
  if ('money' in datum) return `${readable(datum.money)} ${zh ? '元' : 'CNY'}`;
  if ('column' in datum) return zh ? datum.chinese : datum.column;
  if ('characters' in datum) return zh ? charactersZh(datum.characters) : datum.characters;
  if ('all' in datum) return datum.all.map(say).join(MARKS[zh ? 'zh' : 'en'].semicolon);
  if ('count' in datum) return counted(datum, zh);
  return zh ? sayNamesZh(datum, say) : sayNames(datum);
}

function charactersZh(list: string): string {
  return list.replace(' (a space)', '（空格）').replaceAll(', ', MARKS.zh.item);
}

function counted({ count, of }: Extract<Datum, { count: number }>, zh: boolean): string {
  const number = readable(String(count));
  if (zh) return THINGS_ZH[of].replace('{count}', number);
  return `${number} ${THINGS[of][count === 1 ? 0 : 1]}`;
}

/** What stands in files as a name, a flag or a bare date. */
type Names = Extract<Datum, { flag: boolean } | { is: boolean } | { notBefore: string } | Lists>;
type Lists = { terms: readonly string[] } | { ids: readonly string[] } | { imposed: readonly object[] };

const letter = (is: boolean): string => (is ? 'Y' : 'N');

/** English shows names as the files have them; reasons are joined as there. */
function sayNames(datum: Names): string {
  if ('flag' in datum) return letter(datum.flag);
  if ('state' in datum) return `${datum.state} = ${letter(datum.is)}`;
  if ('notBefore' in datum) return `${printableLine(datum.notBefore)} or later`;
  if ('ids' in datum) return printableLine(datum.ids.join(MARKS.en.item));
  if ('terms' in datum) return printableLine(datum.terms.join(datum.of === 'reason' ? ';' : MARKS.en.item));
  return printableLine(datum.imposed.map(({ penalty_id, kind }) => `${penalty_id} ${kind}`).join(MARKS.en.item));
}

function sayNamesZh(datum: Names, say: Say): string {
  if ('flag' in datum) return datum.flag ? '是' : '否';
  if ('state' in datum) return STATES_ZH[datum.state][datum.is ? 0 : 1];
  if ('notBefore' in datum) return `不早于 ${say(datum.notBefore)}`;
  if ('ids' in datum) return printableLine(datum.ids.join(MARKS.zh.item));
  if ('terms' in datum) return printableLine(datum.terms.map((each) => termZh(each, datum.of)).join(MARKS.zh.item));
  const named = datum.imposed.map(({ penalty_id, kind }) => `${penalty_id} ${termZh(kind, 'kind')}`);
  return printableLine(named.join(MARKS.zh.item));
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

/** 2 h 10 min; hours are not made days, because a day is a settlement date here. 分 alone would read as money. */
function duration(seconds: number, zh: boolean): string {
  const [h, min, s] = zh ? ['小时', seconds % MINUTE === 0 ? '分钟' : '分', '秒'] : ['h', 'min', 's'];
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
  if (zh) return `再增加 ${duration(seconds, zh)}`;
  if (seconds >= MINUTE) return `${duration(seconds, zh)} more`;
  return `${seconds} more ${seconds === 1 ? 'second' : 'seconds'}`;
}
