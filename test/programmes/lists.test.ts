import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { book } from '../../src/commands/book.js';
import { close } from '../../src/commands/close.js';
import { diff } from '../../src/commands/diff.js';
import { explain, explainSubject } from '../../src/commands/explain.js';
import { nightly } from '../../src/commands/nightly.js';
import { report } from '../../src/commands/report.js';
import { run } from '../../src/commands/run.js';
import { summaryOf } from '../../src/report/run.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { DEEP } from '../support/deep.js';
import { OTHERS } from '../support/programmes.js';
import { contentOf, filesIn, overwrite, SILENT, settle, workspace, write } from '../support/workspace.js';

/** What holds of every programme that judges rows and pays nobody. */

const csv = (folder: string, file: string): string[] => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
const context = { ...SILENT, clock: () => Date.UTC(2026, 0, 5) };

describe.each(OTHERS.map((other) => [other.programme.name, other] as const))(
  '%s',
  (name, { programme, policy, exports }) => {
    const lists = programme.outputs
      .map(({ file }) => file)
      .filter((file) => !/^inputs\/|notices|quarantine/.test(file));
    const settled = (out: string, input = exports) => settle({ policy, input, out });

    test('its sample is settled as its second implementation has it, in the same bytes each time, whatever the order of rows', async () => {
      const folder = workspace();
      const { runDir, manifest } = await settled(join(folder, 'out'));
      expect(await verifyRun(runDir)).toMatchObject({ count: 0, differences: [] });
      const { rows_read, ...became } = manifest.accounting;
      expect(rows_read).toBe(Object.values(became).reduce((sum, each) => sum + each, 0));
      expect(rows_read).toBeGreaterThan(5);
      const turned = join(folder, 'turned');
      cpSync(exports, turned, { recursive: true });
      for (const file of readdirSync(turned).filter((each) => each.endsWith('.csv'))) {
        const [head = '', ...rows] = csv(turned, file);
        writeFileSync(join(turned, file), `${[head, ...rows.reverse()].join('\n')}\n`);
      }
      const zone = process.env.TZ;
      onTestFinished(() => {
        process.env.TZ = zone;
        if (zone === undefined) delete process.env.TZ;
      });
      process.env.TZ = 'America/Los_Angeles';
      const other = await settled(join(folder, 'other'), turned);
      for (const file of lists) expect(csv(other.runDir, file), file).toEqual(csv(runDir, file));
      expect(await verifyRun(other.runDir)).toMatchObject({ count: 0 });
    });

    test('a cell that is another, a row too many and one too few are found in every list', async () => {
      const { runDir } = await settled(join(workspace(), 'out'));
      for (const file of lists) {
        const text = readFileSync(join(runDir, file), 'utf8');
        const lines = text.trimEnd().split('\n');
        expect(lines.length, file).toBeGreaterThan(2);
        const forged = [
          `${[...lines.slice(0, -1), (lines.at(-1) as string).replace(/(.)$/, (last) => (last === 'x' ? 'y' : 'x'))].join('\n')}\n`,
          `${[...lines, lines.at(-1)].join('\n')}\n`,
          `${lines.slice(0, -1).join('\n')}\n`,
        ];
        for (const content of forged) {
          overwrite(join(runDir, file), content);
          const { differences } = await verifyRun(runDir);
          expect(
            differences.filter((found) => found.file === file),
            file,
          ).not.toEqual([]);
        }
        overwrite(join(runDir, file), text);
      }
      expect(await verifyRun(runDir)).toMatchObject({ count: 0 });
    });

    test('nothing at all is settled to empty lists, with a warning', async () => {
      const folder = workspace();
      mkdirSync(join(folder, 'exports'));
      const { runDir, manifest } = await settled(join(folder, 'out'), join(folder, 'exports'));
      expect(manifest.warnings).toHaveLength(1);
      expect(manifest.accounting.rows_read).toBe(0);
      for (const file of lists) expect(csv(runDir, file), file).toHaveLength(1);
      expect(await verifyRun(runDir)).toMatchObject({ count: 0 });
    });

    test('it is told, shown and explained in two languages, and neither closed nor compared', async () => {
      const folder = workspace();
      const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
      const result = await run({ policy, input: exports, ...places, strict: false, statements: true }, context);
      const english = summaryOf(result, (_, text) => text, 'out');
      const chinese = summaryOf(result, (_, text) => text, 'out', 'zh');
      expect(english).toMatch(/Rows read +\d/);
      expect(chinese).toMatch(/读取行数 +\d/);
      expect(english).not.toContain('CNY');
      const { run_id } = result.manifest;
      const [list = ''] = lists;
      const [head = '', first = ''] = csv(result.runDir, list);
      const own = programme.outputs.find(({ file }) => file === list);
      expect(own).toBeDefined();
      const subject = first.split(',')[head.split(',').findIndex((column) => /_id$/.test(column))] ?? '';
      for (const [lang, marks] of [
        ['en', /run /],
        ['zh', /批次/],
      ] as const) {
        const { text, answer } = await explainSubject(run_id, { ...places, of: subject, lang }, context);
        expect(text((_, shown) => shown)).toMatch(marks);
        expect(answer).toMatchObject({ of: subject });
        await book(run_id, { runs: places.out, out: join(folder, `${lang}.xlsx`), lang }, context);
      }
      await report(run_id, { runs: places.out, out: join(folder, 'page.html') }, context);
      expect(filesIn(folder)).toEqual(expect.arrayContaining(['en.xlsx', 'page.html', 'zh.xlsx']));
      const none = { code: 'usage', message: expect.stringMatching(/nobody is paid/) };
      await expect(close(run_id, { ...places, by: 'Wang Li' }, context)).rejects.toMatchObject(none);
      await expect(diff(run_id, run_id, { ...places, statements: true } as never, context)).rejects.toMatchObject(none);
      await expect(explain(run_id, { ...places, anchor: 'a1' }, context)).rejects.toMatchObject(none);
      await expect(explainSubject(run_id, { ...places, of: 'nobody-at-all' }, context)).rejects.toMatchObject({
        code: 'usage',
      });
    });

    test('a night settles it, and again where its exports are others', DEEP, async () => {
      const folder = workspace();
      for (const name of ['policies', 'exports']) mkdirSync(join(folder, name));
      cpSync(exports, join(folder, 'exports'), { recursive: true });
      const text = readFileSync(policy, 'utf8');
      write(join(folder, 'policies'), {
        'own.yaml': text.includes('\nprogramme:') ? text : text.replace(/\nrules:/, `\nprogramme: ${name}\nrules:`),
      });
      const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
      const options = {
        ...places,
        input: join(folder, 'exports'),
        policies: join(folder, 'policies'),
        statements: true,
      };
      const to = /period:.*\bto: (\d{4}-\d\d-\d\d)/.exec(text)?.[1] as string;
      const night = await nightly({ ...options, date: to }, context);
      expect(night.failures).toEqual([]);
      expect(night.periods.map((period) => period.why)).toContain('date');
      const kind = readdirSync(join(folder, 'exports')).find((file) => file.endsWith('.csv')) as string;
      const [head = ''] = csv(join(folder, 'exports'), kind);
      write(join(folder, 'exports'), { [kind]: `${head}\n` });
      const next = await nightly({ ...options, date: `${Number(to.slice(0, 4)) + 1}-01-01` }, context);
      expect(next.periods.map((period) => period.why)).toContain('data');
    });

    test('what cannot be read is left out and named, and does not touch the lists of others', async () => {
      const folder = workspace();
      const input = join(folder, 'exports');
      cpSync(exports, input, { recursive: true });
      const file = readdirSync(input).find((each) => each.endsWith('.csv')) as string;
      const [head = ''] = csv(input, file);
      write(input, {
        [file.replace('.csv', '-more.csv')]: `${head}\n${head
          .split(',')
          .map(() => 'not an id!')
          .join(',')}\n`,
      });
      const { runDir, manifest } = await settled(join(folder, 'out'), input);
      expect(manifest.accounting.quarantined).toBe(1);
      expect(csv(runDir, 'quarantine.csv').length).toBeGreaterThan(1);
      expect(await verifyRun(runDir)).toMatchObject({ count: 0 });
      const plain = await settled(join(folder, 'plain'));
      expect(contentOf(runDir, [...lists])).toEqual(contentOf(plain.runDir, [...lists]));
    });
  },
);
