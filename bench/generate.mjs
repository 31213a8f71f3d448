// generate.mjs SESSIONS DIR: a clean, contract-conforming month of exports for 2023-11: 30 nightly files, corrections,
// penalties, scarcity tables, agencies; about 40 sessions an anchor. The same number gives the same bytes for one
// version of DuckDB (it draws from its hash()), whatever the number of threads.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const SESSIONS_AN_ANCHOR = 40;
const TRACKS = ['唱歌', '舞蹈', '乐器', '脱口秀', '知识', '历史', '法律', '健康', '亲子', '外语', '财经', '科技', '汽车', '美食', '旅行', '户外', '三农', '非遗', '戏曲', '宠物'];

/** Writes the month; `sessions` is about the number of rows, corrections not counted. */
export async function generate(sessions, dir) {
  mkdirSync(dir, { recursive: true });
  const anchors = Math.max(1, Math.round(sessions / SESSIONS_AN_ANCHOR));
  const agencies = Math.max(1, Math.round(anchors / 60));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const write = (sql, name) => connection.run(`COPY (${sql}) TO '${join(dir, name).replaceAll("'", "''")}' (FORMAT csv, HEADER)`);
  await connection.run(`CREATE MACRO draw(i, salt, n) AS (hash(i, salt) % n)::BIGINT;
    CREATE MACRO anchor(a) AS 'A' || (10000000 + (a * 48271) % 90000000);
    CREATE TABLE track AS SELECT unnest(range(${TRACKS.length})) AS t, unnest([${TRACKS.map((name) => `'${name}'`).join(', ')}]) AS track;
    CREATE MACRO session(low, high, version) AS TABLE SELECT
        'S' || (100000000000 + i) AS session_id, anchor(draw(i, 1, ${anchors})) AS anchor_id,
        ended - to_seconds(length) AS started_at, ended AS ended_at,
        CASE WHEN draw(i, 2 + version, 100) < 5 THEN 'N' ELSE 'Y' END AS settleable,
        1 + draw(draw(i, 1, ${anchors}), 3, 3) + draw(i, 4 + version, 3) AS quality_level, track,
        (draw(i, 5 + version, 10000000)::DECIMAL(15, 2) / 100)::DECIMAL(15, 2) AS rec_dwell_minutes,
        (0.008 + draw(i, 7, 40000) * 0.000001)::DECIMAL(12, 6) AS unit_price,
        CASE WHEN draw(i, 8, 10) = 0 THEN [0.8, 1, 1.5][1 + draw(i, 9, 3)]::DECIMAL(7, 3) END AS scarcity_index,
        CASE WHEN draw(i, 10, 5) = 0 THEN length - draw(i, 11, length // 4 + 1) END AS effective_seconds,
        CASE WHEN draw(i, 12, 100) = 0 THEN 'Y' ELSE 'N' END AS suspended, CASE WHEN draw(i, 13, 200) = 0 THEN 'Y' ELSE 'N' END AS opted_out,
        CASE WHEN draw(i, 14, 100) = 0 THEN ended + to_seconds(draw(i, 15, 5184000)) END AS replay_deleted_at
      FROM (SELECT i, CASE WHEN draw(i, 16, 10) = 0 THEN 60 + draw(i, 17, 1740) ELSE 1800 + draw(i, 18, 12600) END AS length,
          TIMESTAMP '2023-11-01' + to_seconds((i * 30 // ${sessions}) * 86400 + draw(i, 19, 86400)) AS ended FROM range(low, high) r(i))
      JOIN track ON t = draw(i, 20, ${TRACKS.length})`);
  const first = (day) => Math.ceil((day * sessions) / 30);
  for (let day = 0; day < 30; day += 1) {
    await write(`FROM session(${first(day)}, ${first(day + 1)}, 0)`, `sessions-2023-11-${String(day + 1).padStart(2, '0')}.csv`);
  }
  for (const [at, day] of [10, 20, 30].entries()) {
    await write(`SELECT * FROM session(${first(day - 10)}, ${first(day)}, ${100 * (at + 1)}) WHERE draw(session_id, 21, 50) = 0`, `sessions-2023-11-${day}-fix.csv`);
  }
  await write(`SELECT anchor(a) AS anchor_id, CASE WHEN draw(a, 30, 100) = 0 THEN '小' || a || ', 官方' ELSE '主播' || a END AS nickname,
      CASE WHEN draw(a, 31, 5) > 0 THEN 'G' || draw(a, 32, ${agencies}) END AS agency_id, CASE WHEN draw(a, 33, 100) < 97 THEN 'content' ELSE 'shopping' END AS account_kind,
      CASE WHEN draw(a, 34, 100) < 92 THEN DATE '2023-02-01' + draw(a, 35, 270)::INTEGER ELSE DATE '2022-01-01' END AS first_live_on,
      CASE WHEN draw(a, 36, 12) = 0 THEN DATE '2023-10-20' + draw(a, 37, 45)::INTEGER END AS newcomer_certified_on,
      CASE WHEN draw(a // 3, 38, 4) = 0 THEN 'P' || (a // 3) END AS person_id, ['green', 'yellow', 'red'][1 + greatest(0, draw(a, 39, 50) - 47)] AS compliance_code
    FROM range(${anchors}) r(a)`, 'anchors-2023-11.csv');
  await write(`SELECT 'G' || g AS agency_id, '星' || g || '传媒' AS name FROM range(${agencies}) r(g)`, 'agencies.csv');
  await write(`SELECT track, DATE '2023-11-01' + (10 * p)::INTEGER AS effective_from, [0.8, 1, 1, 1.2, 2][1 + draw(t, 40 + p, 5)]::DECIMAL(7, 3) AS scarcity_index
    FROM track, range(3) r(p)`, 'scarcity-2023-11.csv');
  await write(`SELECT 'P' || session_id AS penalty_id, anchor_id, NULL AS agency_id, session_id,
      ['late_start', 'recorded', 'idle', 'multi_stream', 'vulgar'][1 + draw(session_id, 50, 5)] AS kind, ended_at AS penalized_at,
      CASE WHEN draw(session_id, 51, 10) = 0 THEN 'revoked' ELSE 'upheld' END AS status
    FROM session(0, ${sessions}, 0) WHERE draw(session_id, 52, 20) = 0
    UNION ALL SELECT 'F' || a, anchor(a), NULL, NULL, 'fake_trade', TIMESTAMP '2023-11-05 09:00:00', NULL FROM range(${anchors}) r(a) WHERE draw(a, 53, 200) = 0
    UNION ALL SELECT 'C' || g, NULL, 'G' || g, NULL, 'agency_clustering', TIMESTAMP '2023-11-20 09:00:00', NULL FROM range(${agencies}) r(g) WHERE draw(g, 54, 100) = 0`, 'penalties-2023-11.csv');
  connection.closeSync();
  instance.closeSync();
}
