import type { List, ListCode } from '../listing/lists.js';

/** What people are shown of customers. */

export const STAGE_LIST: List = {
  file: 'stages.csv',
  name: 'stages',
  title: ['Customers', '客户'],
  columns: [
    { name: 'customer_id', head: ['customer', '客户'], kind: 'id' },
    { name: 'l1_plus', head: ['L1+', 'L1+'], kind: 'text' },
    { name: 'customer', head: ['customer of the list', '在客户列表'], kind: 'text' },
    { name: 'potential', head: ['potential', '潜客'], kind: 'text' },
    { name: 'reached', head: ['reached', '触达'], kind: 'text' },
    { name: 'handshake', head: ['handshake', '握手'], kind: 'text' },
    { name: 'intent', head: ['intent', '意向'], kind: 'text' },
    { name: 'ordered', head: ['order', '订单'], kind: 'text' },
    { name: 'repeated', head: ['repeat', '复购'], kind: 'text' },
    { name: 'stage', head: ['furthest stage', '所处阶段'], kind: 'codes' },
  ],
  subjects: ['customer_id'],
};

export const FUNNEL_LIST: List = {
  file: 'funnel.csv',
  name: 'funnel',
  title: ['Funnel', '漏斗'],
  columns: [
    { name: 'stage', head: ['stage', '阶段'], kind: 'codes' },
    { name: 'customers', head: ['customers', '客户数'], kind: 'count' },
    { name: 'l1_plus', head: ['of them L1+', '其中 L1+'], kind: 'count' },
  ],
  subjects: [],
};

export const STAGE_CODES: Readonly<Record<string, ListCode>> = {
  customer: { words: ['customer', '客户'], clause: 'K1' },
  potential: { words: ['potential', '潜客'], clause: 'K2' },
  reached: { words: ['reached', '触达'], clause: 'K3' },
  handshake: { words: ['handshake', '握手'], clause: 'K4' },
  intent: { words: ['intent', '意向'], clause: 'K5' },
  order: { words: ['order', '订单'], clause: 'K6' },
  repeat: { words: ['repeat', '复购'], clause: 'K7' },
};
