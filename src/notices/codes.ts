import type { Severity } from './notice.js';
export const NOTICE_CODES: Record<string, { scope: 'rows' | 'load' | 'place'; severity: Severity; fix: string }> = {};
