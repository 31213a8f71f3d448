import { CAUSES, STATUSES } from '../book/words/terms.js';
import { termZh, type Vocabulary } from '../explain/words/terms-zh.js';
import { INCENTIVE_DIFFERENCES_ZH } from '../words/differences-zh.js';

/** The Chinese word for a code of the results; the id of a penalty rule is the policy's own, and stands as it is. */
export function chineseOf(code: string): string {
  if (code.startsWith('agency:')) return `机构：${code.slice('agency:'.length)}`;
  if (Object.hasOwn(INCENTIVE_DIFFERENCES_ZH, code)) return INCENTIVE_DIFFERENCES_ZH[code] as string;
  const words = STATUSES[code] ?? CAUSES[code];
  if (words !== undefined) return words[1];
  const found = VOCABULARIES.map((of) => termZh(code, of)).find((term) => term !== code);
  return found ?? code;
}

const VOCABULARIES: readonly Vocabulary[] = ['reason', 'fault'];
