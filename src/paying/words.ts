import type { Language } from '../text/language.js';

/** What is said of payments, in both languages; nothing of it is said anywhere else. */

export interface PaymentWords {
  /** Of the workbook. */
  sheet: string;
  heads: Record<
    | 'payee'
    | 'name'
    | 'type'
    | 'due'
    | 'paid_later'
    | 'taken_back'
    | 'carried_in'
    | 'carried_out'
    | 'to_pay'
    | 'has_account'
    | 'remark',
    string
  >;
  types: Record<'agency' | 'anchor', string>;
  remarks: Record<'owes' | 'below_minimum' | 'recovered' | 'released' | 'no_account' | 'account_rounded', string>;
  /** Between remarks. */
  between: string;
  list: Record<'batch' | 'period' | 'payees' | 'to_pay' | 'carried_out' | 'made' | 'reviewed', string>;
  total: string;
  yes: string;
  no: string;
  none: string;
  made: (id: string, by: string, at: string) => string;
  reviewed: (by: string, at: string) => string;
  unreviewed: (id: string) => string;
  /** Names with their amounts. */
  sums: (...parts: [name: string, amount: string][]) => string;
  close: (number: number, revision: number, period: { from: string; to: string }, run: string) => string;
  days: (period: { from: string; to: string }) => string;
  noCloses: string;
  minimum: (amount: string) => string;
  withheld: string;
  afterLoss: (closes: string, reason: string) => string;
  by: (at: string, name: string) => string;
  notYet: string;
  next: (id: string) => string;
}

const EN: PaymentWords = {
  sheet: 'Payments',
  heads: {
    payee: 'payee',
    name: 'name',
    type: 'type',
    due: 'this period',
    paid_later: 'later, paid',
    taken_back: 'later, taken back',
    carried_in: 'carried in',
    carried_out: 'carried on',
    to_pay: 'to pay now',
    has_account: 'account',
    remark: 'remark',
  },
  types: { agency: 'agency', anchor: 'anchor' },
  remarks: {
    owes: 'owes: paid again once what it owes is recovered',
    below_minimum: 'less than the minimum: waits',
    recovered: 'what it owed is recovered from this',
    released: 'with what waited before',
    no_account: 'no account is known',
    account_rounded: 'a spreadsheet may have rounded the account: do not pay before it is checked',
  },
  between: '; ',
  list: {
    batch: 'batch',
    period: 'closed periods',
    payees: 'payees',
    to_pay: 'to pay, CNY',
    carried_out: 'carried on, CNY',
    made: 'made',
    reviewed: 'reviewed',
  },
  total: 'total',
  yes: 'yes',
  no: 'no',
  none: 'Nothing was paid yet. To make a batch of what is closed: settle payments make --by NAME',
  made: (id, by, at) => `Batch ${id}, made by ${by} at ${at}`,
  reviewed: (by, at) => `Reviewed by ${by} at ${at}.`,
  unreviewed: (id) =>
    `Not reviewed yet. Another person looks at it and says so: settle payments review ${id} --by NAME`,
  sums: (...parts) => parts.map(([name, amount]) => `${name}: ${amount}`).join('; '),
  close: (number, revision, { from, to }, run) => `Close ${number}: ${from} to ${to}, revision ${revision}, run ${run}`,
  days: ({ from, to }) => `${from} to ${to}`,
  noCloses: 'No new close: only what waited before.',
  minimum: (amount) => `Minimum payout: ${amount} CNY`,
  afterLoss: (closes, reason) => `A lost batch may have held close ${closes}; why they are in this one: ${reason}`,
  withheld: 'withheld.csv names every fen that is not simply paid.',
  by: (at, name) => `${at} by ${name}`,
  notYet: 'not yet',
  next: (id) => `Look at it: settle payments show ${id}`,
};

const ZH: PaymentWords = {
  sheet: '付款',
  heads: {
    payee: '收款方',
    name: '户名',
    type: '类型（机构/个人）',
    due: '本期应付',
    paid_later: '往期补付',
    taken_back: '往期扣回',
    carried_in: '上次结转',
    carried_out: '结转未抵',
    to_pay: '本次实付',
    has_account: '账号',
    remark: '备注',
  },
  types: { agency: '机构', anchor: '个人' },
  remarks: {
    owes: '尚有欠款，抵完后再付',
    below_minimum: '未达最低付款额，留待下次',
    recovered: '已从本次应付中抵扣欠款',
    released: '含此前留存的款项',
    no_account: '没有登记账号',
    account_rounded: '账号可能被表格软件舍入，核对后再付',
  },
  between: '；',
  list: {
    batch: '批次',
    period: '结算期',
    payees: '收款方数',
    to_pay: '本次实付（元）',
    carried_out: '结转未抵（元）',
    made: '制单',
    reviewed: '复核',
  },
  total: '合计',
  yes: '有',
  no: '无',
  none: '尚未付款。将已关账的款项做成批次：settle payments make --by 姓名',
  made: (id, by, at) => `批次 ${id}，${by} 于 ${at} 制单`,
  reviewed: (by, at) => `${by} 于 ${at} 复核。`,
  unreviewed: (id) => `尚未复核。请另一人查看后复核：settle payments review ${id} --by 姓名`,
  sums: (...parts) => parts.map(([name, amount]) => `${name}：${amount}`).join('；'),
  close: (number, revision, { from, to }, run) =>
    `第 ${number} 号关账：${from} 至 ${to}，第 ${revision} 次结算，批次 ${run}`,
  days: ({ from, to }) => `${from} 至 ${to}`,
  noCloses: '没有新的关账，只含此前留存的款项。',
  minimum: (amount) => `最低付款额：${amount} 元`,
  afterLoss: (closes, reason) => `第 ${closes} 号关账可能曾在已丢失的批次中；列入本批次的原因：${reason}`,
  withheld: 'withheld.csv 逐分列明未直接支付的款项。',
  by: (at, name) => `${at} ${name}`,
  notYet: '未复核',
  next: (id) => `查看：settle payments show ${id}`,
};

export const PAYMENT_WORDS: Readonly<Record<Language, PaymentWords>> = { en: EN, zh: ZH };

/** The remarks of a payee, in words. */
export function remarkWords(remark: string, words: PaymentWords): string {
  const codes = remark === '' ? [] : remark.split(';');
  return codes.map((code) => words.remarks[code as keyof PaymentWords['remarks']] ?? code).join(words.between);
}
