import { flagCell, freeText, idCell, type Kind, time, words } from '../../exports/column-types.js';
import { optional, required } from '../../exports/columns.js';

/** What a customer did on the site, and by what a customer was marketed. */
export const VISIT_KINDS = { visit: '访问', cart: '加购', favourite: '收藏', follow: '关注', inquiry: '询盘' };
export const CHANNELS = { mail: 'EDM', message: '站内信' };

/** K1, K2: what is known of a customer. */
const CUSTOMERS: Kind = {
  name: 'customers',
  meant: /customer|客户/,
  master: true,
  table: 'customer_row',
  key: ['customer_id'],
  columns: [
    required('customer_id', '客户ID', idCell),
    optional('filed', '已建档', flagCell, 'no customer counts as filed', 'false'),
    optional('follower', '粉丝', flagCell, 'no customer counts as a follower', 'false'),
    optional('binned', '回收站', flagCell, 'no customer is in the bin', 'false'),
    optional('l1_plus', 'L1+', flagCell, 'no customer has the tag L1+', 'false'),
    optional('active_at', '最近活跃时间', time, 'no customer counts as active on the site'),
  ],
  checks: [],
};

/** K1, K2, K5: what a customer did. */
const CUSTOMER_VISITS: Kind = {
  name: 'customer_visits',
  meant: /visit|访问/,
  master: false,
  table: 'customer_visit_row',
  key: ['visit_id'],
  columns: [
    required('visit_id', '行为ID', idCell),
    required('customer_id', '客户ID', idCell),
    required('kind', '行为', words(VISIT_KINDS, freeText)),
    required('happened_at', '发生时间', time),
  ],
  checks: [],
};

/** K3, K4: a mail or message to a customer. */
const CUSTOMER_CONTACTS: Kind = {
  name: 'customer_contacts',
  meant: /contact|触达/,
  master: false,
  table: 'customer_contact_row',
  key: ['contact_id'],
  columns: [
    required('contact_id', '触达ID', idCell),
    required('customer_id', '客户ID', idCell),
    required('channel', '渠道', words(CHANNELS)),
    required('sent_at', '发送时间', time),
    optional('delivered', '发送成功', flagCell, 'every contact counts as delivered', 'true'),
    optional('replied_at', '回复时间', time, 'no contact counts as answered'),
  ],
  checks: [],
};

/** K6, K7: an order. */
const CUSTOMER_ORDERS: Kind = {
  name: 'customer_orders',
  meant: /order|订单/,
  master: false,
  table: 'customer_order_row',
  key: ['order_id'],
  columns: [
    required('order_id', '订单ID', idCell),
    required('customer_id', '客户ID', idCell),
    required('ordered_at', '下单时间', time),
  ],
  checks: [],
};

/** The exports that the programme reads. */
export const STAGE_EXPORTS: readonly Kind[] = [CUSTOMER_VISITS, CUSTOMER_CONTACTS, CUSTOMER_ORDERS, CUSTOMERS];
