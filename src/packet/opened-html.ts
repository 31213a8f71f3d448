import { bothIn } from '../page/escape.js';

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

/** Where the statement of an anchor is asked for. */
export const ANCHOR = `<section id="anchor" aria-labelledby="title-anchor" hidden><h2 id="title-anchor">${bothIn('span', ['Statement of one anchor', '单个主播对账单'])}</h2>
<div class="field"><label for="anchor-id">${bothIn('span', ['Anchor', '主播'])}</label><select id="anchor-id"><option value="">—</option></select></div>
<div id="statement"></div></section>
`;
