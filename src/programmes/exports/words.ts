/** The words that the contract knows for a cell, in English and Chinese. */
export const ACCOUNT_KINDS = { content: '内容型' };
export const COMPLIANCE_CODES = { green: '绿码', yellow: '黄码', red: '红码' };
export const PENALTY_STATUSES = { upheld: '生效', revoked: '撤销' };
export const PENALTY_KINDS = {
  recorded: '录播',
  idle: '挂机',
  multi_stream: '多开',
  vulgar: '低俗色情',
  off_value: '价值导向',
  fake_trade: '虚假交易',
  duplicate_account: '重复账号',
  agency_clustering: '机构聚集',
};
/** What makes an anchor ineligible for pay, as `reasons` of a session name it (P6). */
export const INELIGIBLE_CAUSES = { frozen: '冻结', unadmitted_digital_host: '数字人未准入', expelled: '清退' };
export const PAYEE_TYPES = { agency: '机构', anchor: '主播' };
