import { bothIn } from '../page/escape.js';
import type { PageText } from '../page/model.js';

/** What stands around a packet's rows for its script to fill; where no script runs, it says that nothing was checked. */
export const CHECK = `<section id="check" aria-labelledby="title-check" data-state="none"><h2 id="title-check">${bothIn('span', ['Check', '核对'])}</h2>
<div id="found" role="status"><p class="verdict">${bothIn('span', ['Not checked yet.', '尚未核对。'])}</p><p>${bothIn(
  'span',
  [
    'If this doesn’t change, the browser runs no script in this file: nothing was recomputed, and most rows can’t be shown. Open it in another browser, or run settle verify.',
    '如此处一直不变，说明浏览器未运行本文件中的脚本：金额未重新计算，多数行也无法显示。请换一个浏览器打开，或运行 settle verify。',
  ],
)}</p></div>
<form id="compare" class="field" hidden><label for="root">${bothIn('span', ['The root, or the fingerprint of the key, that you were told by another way', '另行获知的根值或密钥指纹'])}</label><input id="root" autocomplete="off" spellcheck="false"><button type="submit">${bothIn('span', ['Compare', '核对'])}</button></form>
<p id="no-root" hidden>${bothIn('span', ['A root has 64 characters, 0 to 9 and a to f. A fingerprint is SHA256: and 43 letters, digits, + or /.', '根值为 64 个字符，由 0 至 9 和 a 至 f 组成；密钥指纹为 SHA256: 加 43 个字母、数字、+ 或 /。'])}</p>
<div id="beside"></div></section>
`;

/** All tables at once. */
export const SAVE = `<p id="save-all" class="field" hidden><button type="button">${bothIn('span', ['Save all tables (XLSX)', '保存全部表格（XLSX）'])}</button></p>
`;

/** Where the statement of an anchor is asked for. */
export const ANCHOR = `<section id="anchor" aria-labelledby="title-anchor" hidden><h2 id="title-anchor">${bothIn('span', ['Statement of one anchor', '单个主播对账单'])}</h2>
<div class="field"><label for="anchor-id">${bothIn('span', ['Anchor', '主播'])}</label><select id="anchor-id"><option value="">—</option></select></div>
<div id="statement"></div></section>
`;

const field = (name: string, text: PageText, input: string): string =>
  `<div class="field"><label for="dispute-${name}">${bothIn('span', text)}</label>${input}</div>`;

/** What is wrong is written into a small file, which is saved and sent by the reader. */
export const DISPUTE = `<section id="dispute" aria-labelledby="title-dispute" hidden><h2 id="title-dispute">${bothIn('span', ['Dispute', '提出异议'])}</h2>
<p>${bothIn('span', [
  'What is wrong with a session, or with a day of an anchor? Nothing is sent from here: save the file, and send it to whoever gave you this packet.',
  '对某场直播或某位主播的某一天有异议？此处不会发送任何内容：请保存文件，并发给提供结算包的一方。',
])}</p>
<form id="dispute-form">
${field('anchor', ['Anchor', '主播'], '<select id="dispute-anchor" name="anchor"><option value="">—</option></select>')}
${field('session', ['Session', '场次ID'], '<input id="dispute-session" name="session" autocomplete="off" spellcheck="false">')}
${field('date', ['or day', '或日期'], '<input id="dispute-date" name="date" type="date">')}
${field('claim', ['What is wrong', '异议说明'], '<textarea id="dispute-claim" name="claim" rows="3" maxlength="2000"></textarea>')}
${field('evidence', ['What shows it', '依据'], '<textarea id="dispute-evidence" name="evidence" rows="2" maxlength="2000"></textarea>')}
${field('contact', ['Whom to ask', '联系人'], '<input id="dispute-contact" name="contact" maxlength="200" autocomplete="off">')}
<div class="field"><button type="submit">${bothIn('span', ['Save the file', '保存文件'])}</button></div>
</form>
<p id="no-dispute" hidden>${bothIn('span', [
  'Not saved: give a session of this packet, or an anchor and a day; say what is wrong, and whom to ask. Of a session that the packet lacks give the anchor too.',
  '未保存：请给出本结算包中的场次，或主播加日期，并写明异议和联系人。结算包中没有的场次，请同时选择主播。',
])}</p></section>
`;
