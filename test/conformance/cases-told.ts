/**
 * What asks for attention in the conformance cases that settle, but for days without sessions, which all of them have: each
 * line is a code with its file or subject. A case that isn't here raises none.
 */
export const CASES_TOLD: Record<string, { why: string; told: string[] }> = {
  '03-times-with-offsets': {
    why: 's03 and s04 start at 23:30 and 22:00, without seconds',
    told: ['times_without_seconds sessions.csv'],
  },
  '08-valid-day': {
    why: 'two sessions make up a day, and three times both are 10:00 to 11:00',
    told: ['sessions_overlap a1'],
  },
  '09-index-in-force': {
    why: 's01 takes the index of 1 August on 9 November, as the case means it',
    told: ['index_overdue tea'],
  },
  '10-round-half-up-once': {
    why: 'seven sessions of two days are all 10:00 to 11:00',
    told: ['sessions_overlap a1'],
  },
  '13-daily-cap': { why: 'two sessions share one cap, and both are 10:00 to 11:00', told: ['sessions_overlap a1'] },
  '14-cap-by-top-valid-level': {
    why: 'on two days two valid sessions are both 10:00 to 11:00',
    told: ['sessions_overlap a1'],
  },
  '19-attendance-tiers': { why: 's08 and s09 are both 10:00 to 11:00', told: ['sessions_overlap a4'] },
  '30-supersession': {
    why: 's02 moves to another anchor, the only row of sessions-3.csv has a bad number, and notes.txt is no export',
    told: ['file_all_out sessions-3.csv', 'file_ignored notes.txt', 'session_other_anchor s02'],
  },
  '31-duplicates': { why: 'the second row of s01 starts at 10:00', told: ['times_without_seconds sessions.csv'] },
  '32-shapes-of-csv': { why: 'the file has no line end at its end', told: ['last_line_open sessions-11.csv.gz'] },
  '35-row-faults': { why: 'each of the four penalties has a fault', told: ['file_all_out penalties.csv'] },
  '41-spreadsheet-dates': {
    why: 's01 is 9:05 to 9:35, as a spreadsheet shows it',
    told: ['times_without_seconds sessions.csv'],
  },
  '43-names-in-any-case': { why: 'session-3.csv is no export', told: ['file_ignored session-3.csv'] },
  '44-spellings-of-programs': {
    why: 's01 to s03 are one hour, written in three ways',
    told: ['sessions_overlap a1'],
  },
};
