import { SettleError } from '../../../core/errors.js';
import { literal, type Warehouse } from '../../../engine/duckdb/warehouse.js';
import type { Wording } from '../../../words/said.js';
import type { About, Asked, Explainer } from '../../interface/explainer.js';
import { sayIncentive as say } from '../words/say.js';
import { objectOf } from './json.js';
import type { Explanation } from './model.js';
import { narrow, WANTED } from './narrow.js';
import { browserPage } from './page/browser.js';
import { TERMINAL } from './page/layout.js';
import { pageOf } from './page/page.js';
import { voice } from './page/say.js';
import { readExplanation, restricted } from './read.js';

/** Explains an anchor clause by clause. */
export const EXPLAINER: Explainer = {
  wanted: WANTED,
  narrow,
  explain: async (warehouse: Warehouse, about: About, asked: Asked) => {
    const whole = await readExplanation(warehouse, about, asked);
    refuseOtherAgency(whole, asked);
    const explained = restricted(whole, asked);
    await refuseNothing(warehouse, whole, explained, { ...asked, anchor: about.anchor_id });
    return {
      answer: (language) => objectOf(explained, voice(language)),
      text: (language, paint) => pageOf(explained, asked, { voice: voice(language), paint, paper: TERMINAL }),
      page: () => browserPage(explained, asked),
    };
  },
};

/** What is for an agency's eyes is of one of its anchors. */
function refuseOtherAgency({ anchor, anchor_id }: Explanation, { forAgency }: Asked): void {
  if (forAgency === undefined || (anchor?.agency_id ?? '') === forAgency) return;
  throw new SettleError(
    'usage',
    say('{anchor} is no anchor of {agency}', {
      anchor: anchor_id,
      agency: forAgency === '' ? '_independent' : forAgency,
    }),
    { mend: say('Give the agency of the anchor with --for-agency, or _independent where it has none.') },
  );
}

/** Nothing to explain is wrong use: an anchor that nobody knows, a date without its sessions, another anchor's session. */
async function refuseNothing(
  warehouse: Warehouse,
  whole: Explanation,
  explained: Explanation,
  { anchor, date, session }: Asked & { anchor: string },
): Promise<void> {
  const rows = [...explained.sessions, ...explained.unsettled, ...explained.left_out];
  if (rows.length > 0) return;
  const known = [...whole.sessions, ...whole.unsettled, ...whole.left_out];
  if (known.length === 0) {
    const { run_id } = whole;
    const said =
      whole.anchor === null
        ? say('the files of run {run_id} have no anchor {anchor}', { run_id, anchor })
        : say('the files of run {run_id} have no session of {anchor}', { run_id, anchor });
    throw new SettleError('usage', said, {
      mend: say(
        'Give an anchor_id of settlement.csv or unsettled.csv. Rows that show no anchor are in quarantine.csv.',
      ),
    });
  }
  if (date !== undefined) {
    const dates = [...new Set(known.flatMap(({ ended_at }) => ended_at?.slice(0, 10) ?? []))];
    throw new SettleError('usage', say('{anchor} has no session that ended on {date}', { anchor, date }), {
      mend: say('Its sessions ended on {dates}.', { dates: dates.sort() }),
    });
  }
  throw new SettleError('usage', say('{session} is not a session of {anchor}', { session: session ?? '', anchor }), {
    mend: await whose(warehouse, session ?? ''),
  });
}

async function whose(warehouse: Warehouse, session: string): Promise<Wording> {
  const found = await warehouse.rows(`SELECT DISTINCT s.anchor_id FROM session_row AS s
    JOIN active_file AS f ON f.file_no = s.file_no WHERE s.session_id = ${literal(session)}
    UNION SELECT u.anchor_id FROM unsound_record AS u WHERE u.session_id = ${literal(session)} AND u.anchor_id IS NOT NULL
    ORDER BY 1`);
  if (found.length === 0) return say('No readable row has this session_id; see quarantine.csv.');
  return say('It is a session of {anchors}.', { anchors: found.map(({ anchor_id }) => anchor_id ?? '') });
}
