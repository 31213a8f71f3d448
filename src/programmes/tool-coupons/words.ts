import type { List, ListCode } from '../listing/lists.js';

/** What people are shown of coupons. */

export const COUPONS: List = {
  file: 'coupons.csv',
  name: 'coupons',
  title: ['Claims and redemptions', '领取与核销'],
  columns: [
    { name: 'event', head: ['event', '事件'], kind: 'codes' },
    { name: 'event_id', head: ['id', 'ID'], kind: 'id' },
    { name: 'account_id', head: ['account', '账号'], kind: 'id' },
    { name: 'main_account_id', head: ['main account', '主账号'], kind: 'id' },
    { name: 'tool', head: ['tool', '工具'], kind: 'text' },
    { name: 'happened_at', head: ['at', '时间'], kind: 'text' },
    { name: 'coupon_id', head: ['coupon', '优惠券'], kind: 'id' },
    { name: 'stands', head: ['stands', '是否有效'], kind: 'codes' },
    { name: 'reasons', head: ['why not', '原因'], kind: 'codes' },
  ],
  subjects: ['event_id', 'account_id', 'main_account_id'],
};

/** Why a claim or a redemption doesn't stand, and what else stands in columns of codes. */
export const COUPON_CODES: Readonly<Record<string, ListCode>> = {
  claim: { words: ['claim', '领取'], clause: 'T1' },
  redemption: { words: ['redemption', '核销'], clause: 'T2' },
  Y: { words: ['stands', '有效'], clause: '' },
  N: { words: ["doesn't stand", '无效'], clause: '' },
  unknown_account: { words: ['no export of accounts has the account', '账号导出文件中没有该账号'], clause: 'T3' },
  other_region: {
    words: ["the merchant is at home where the coupons aren't for", '商家所在地区不在优惠券范围内'],
    clause: 'T1',
  },
  sub_account: { words: ['a sub-account, not the main account', '是子账号，不是主账号'], clause: 'T3' },
  second_claim: {
    words: ['the main account had its coupon of this tool already', '该主账号已领取过该工具的优惠券'],
    clause: 'T1',
  },
  without_claim: { words: ['no coupon of this tool was claimed before', '此前没有领取该工具的优惠券'], clause: 'T3' },
  another_day: { words: ['the coupon was valid on another day alone', '优惠券仅在领取当天有效'], clause: 'T2' },
  already_redeemed: { words: ['the coupon had been used already', '优惠券已使用过'], clause: 'T3' },
};
