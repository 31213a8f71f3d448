import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { checkPictures } from '../../src/commands/check.js';
import { type MeasureTerms, measureEdge } from '../../src/programmes/publishing/pictures/edge.js';
import { measure } from '../../src/programmes/publishing/pictures/measure.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { DEEP } from '../support/deep.js';
import { PROGRAM } from '../support/program.js';
import { seeded } from '../support/seeded.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, workspace, write } from '../support/workspace.js';

/** V1 to V7: publishing, and pictures that are really decoded. The rules have their cases beside the SQL. */

const sample = join(SAMPLES, 'publishing');
const policy = join(sample, 'policy-2024-03.yaml');
const terms: MeasureTerms = { tolerance: 3, edge_px: 1, frame_px: 4, max_pixels: 1_000_000, max_bytes: 10_000_000 };

/** Grey pixels by rows, each a value. */
const grey = (rows: readonly (readonly number[])[]) => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: rows.flat(),
  channels: 1,
  full: 255,
});
const square = (size: number, value: (x: number, y: number) => number) =>
  grey(Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => value(x, y))));

describe('the edge', () => {
  test('each pixel of it is counted once, in pictures of any size', () => {
    for (const [width, height] of [
      [1, 1],
      [1, 5],
      [2, 2],
      [3, 2],
      [7, 9],
    ] as const) {
      const white = grey(Array.from({ length: height }, () => Array(width).fill(255)));
      const inside = Math.max(0, width - 2) * Math.max(0, height - 2);
      expect(measureEdge(white, terms).edge_pixels, `${width} x ${height}`).toBe(width * height - inside);
    }
  });

  test('a channel at the tolerance is white, one below it is not', () => {
    expect(
      measureEdge(
        square(5, () => 252),
        terms,
      ),
    ).toMatchObject({ edge_off_white: 0, edge_darkest: 252 });
    expect(
      measureEdge(
        square(5, () => 251),
        terms,
      ),
    ).toMatchObject({ edge_off_white: 16, edge_darkest: 251 });
  });

  test('what is not opaque is not white', () => {
    const clear = {
      width: 2,
      height: 2,
      data: Array(16)
        .fill(255)
        .map((value, at) => (at % 4 === 3 ? 0 : value)),
      channels: 4,
      full: 255,
    };
    expect(measureEdge(clear, terms)).toMatchObject({ edge_pixels: 4, edge_off_white: 4, edge_darkest: 0 });
  });

  test('16 bits are brought to 8, a share of a step to none', () => {
    const deep = { ...square(3, () => 65_535), full: 65_535 };
    expect(measureEdge(deep, terms)).toMatchObject({ edge_off_white: 0, edge_darkest: 255 });
    expect(measureEdge({ ...square(3, () => 65_534), full: 65_535 }, terms)).toMatchObject({ edge_darkest: 254 });
  });

  test('rings of the corner’s colour are counted up to what the policy asks, and what lies within them', () => {
    const framed = square(20, (x, y) => (Math.min(x, y, 19 - x, 19 - y) < 2 ? 10 : 200));
    expect(measureEdge(framed, terms)).toMatchObject({ frame_px: 2, inside_pixels: 60, inside_other: 60 });
    expect(
      measureEdge(
        square(20, () => 255),
        terms,
      ),
    ).toMatchObject({ frame_px: 5, inside_pixels: 0, inside_other: 0 });
    const spot = square(20, (x, y) => (x === 3 && y === 10 ? 0 : 255));
    expect(measureEdge(spot, terms)).toMatchObject({ frame_px: 3, inside_pixels: 52, inside_other: 1 });
  });
});

describe('a file', () => {
  const png = (width: number, height: number, value = 255): Uint8Array =>
    encode({ width, height, data: new Uint8Array(width * height * 3).fill(value), channels: 3 });

  test('is a picture by its content, whatever its name says', async () => {
    const folder = write(workspace(), { 'a.jpg': png(3, 2), 'b.png': 'GIF89a', 'c.png': 'hello' });
    expect(await measure(join(folder, 'a.jpg'), terms)).toMatchObject({
      format: 'png',
      width: 3,
      height: 2,
      edge_off_white: 0,
    });
    expect(await measure(join(folder, 'b.png'), terms)).toMatchObject({ format: 'gif', bytes: 6 });
    expect(await measure(join(folder, 'c.png'), terms)).toMatchObject({ format: 'unknown' });
  });

  test('of one pixel is measured; one of none, one that is cut off, a folder and a link are faults', async () => {
    const whole = png(30, 30, 7);
    const folder = write(workspace(), {
      'one.png': png(1, 1),
      'none.jpg': '',
      'cut.png': whole.subarray(0, whole.length - 30),
    });
    mkdirSync(join(folder, 'folder.png'));
    symlinkSync(join(folder, 'one.png'), join(folder, 'link.png'));
    expect(await measure(join(folder, 'one.png'), terms)).toMatchObject({
      width: 1,
      height: 1,
      edge_pixels: 1,
      frame_px: 1,
    });
    expect(await measure(join(folder, 'none.jpg'), terms)).toEqual({ bytes: 0, fault: 'empty_file' });
    expect(await measure(join(folder, 'cut.png'), terms)).toMatchObject({ fault: 'unreadable', width: 30 });
    for (const name of ['folder.png', 'link.png', 'gone.png'])
      expect(await measure(join(folder, name), terms)).toEqual({ fault: 'not_a_file' });
  });

  test('with a header of more pixels than are looked at, or more bytes, is not decoded', async () => {
    const huge = Buffer.from(png(10, 10));
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    const folder = write(workspace(), { 'huge.png': huge, 'heavy.png': png(10, 10) });
    expect(await measure(join(folder, 'huge.png'), terms)).toMatchObject({ fault: 'too_many_pixels', width: 60_000 });
    expect(await measure(join(folder, 'heavy.png'), { ...terms, max_bytes: 10 })).toMatchObject({
      fault: 'too_large_to_read',
    });
    expect(await measure(join(folder, 'heavy.png'), { ...terms, max_pixels: 99 })).toMatchObject({
      fault: 'too_many_pixels',
    });
    expect(await measure(join(folder, 'heavy.png'), { ...terms, max_pixels: 100 })).toMatchObject({
      width: 10,
      height: 10,
      edge_pixels: 36,
    });
  });

  test('that unpacks to more than its size needs is refused before it takes room', async () => {
    const chunk = (type: string, data: Buffer): Buffer => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(data.length);
      head.write(type, 4, 'latin1');
      return Buffer.concat([head, data, Buffer.alloc(4)]);
    };
    const size = Buffer.from([0, 0, 0, 10, 0, 0, 0, 10, 8, 2, 0, 0, 0]);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const swollen = deflateSync(Buffer.alloc(50_000_000));
    const bomb = Buffer.concat([
      signature,
      chunk('IHDR', size),
      chunk('IDAT', swollen),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    const folder = write(workspace(), { 'bomb.png': bomb });
    const before = process.memoryUsage().arrayBuffers;
    expect(await measure(join(folder, 'bomb.png'), terms)).toMatchObject({ fault: 'unreadable', width: 10 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});

test('the sample’s folder: each fault with its fix, in two languages, and the measurements that the sample’s run has', async () => {
  const csv = join(workspace(), 'picture_measures.csv');
  const { exit, answer, text } = await checkPictures(join(sample, 'pictures'), { policy, csv, lang: 'zh' }, SILENT);
  const { faults, pictures } = answer as { pictures: number; faults: { picture: string; fault: string }[] };
  expect(exit).toBe(4);
  expect(pictures).toBe(9);
  expect(faults.map(({ picture, fault }) => `${picture} ${fault}`)).toEqual([
    'animation.gif.png format',
    'cut-off.jpg unreadable',
    'empty.jpg empty_file',
    'grey-ground.jpg ground',
    'red-border.png frame',
    'red-border.png ground',
    'small.png too_narrow',
  ]);
  expect(text()).toContain('  宽度不足：宽度须至少 800 像素：现为 799');
  expect(readFileSync(csv, 'utf8')).toBe(readFileSync(join(sample, '2024-03/picture_measures.csv'), 'utf8'));
  const english = await checkPictures(join(sample, 'pictures'), { policy, lang: 'en' }, SILENT);
  expect(english.text()).toContain('  it is too narrow: make it at least 800 pixels wide: it has 799');
  await expect(checkPictures(join(sample, 'pictures'), { policy, on: '2024-04-01' }, SILENT)).rejects.toMatchObject({
    code: 'usage',
  });
  await expect(checkPictures(join(sample, 'nowhere'), { policy }, SILENT)).rejects.toMatchObject({ code: 'usage' });
});

test('without a policy the one of the day among the policies judges them, and what lacks is said', async () => {
  const pictures = join(sample, 'pictures');
  const folder = workspace();
  const policyFile = (name: string, text: string) => write(folder, { [name]: text });
  const asked = (more: object = {}, day = Date.UTC(2024, 2, 5)) =>
    checkPictures(pictures, { policies: folder, ...more }, { ...SILENT, clock: () => day });
  const said = (message: string) => ({ code: 'usage', message: expect.stringContaining(message) });
  await expect(checkPictures(pictures, {}, SILENT)).rejects.toMatchObject(said('no policy says by which rules'));
  policyFile('content.yaml', readFileSync(SAMPLE_POLICY, 'utf8'));
  await expect(asked()).rejects.toMatchObject(said('no policy in'));
  policyFile('2024-03.yaml', readFileSync(policy, 'utf8'));
  policyFile('2022-09.yaml', readFileSync(join(sample, 'policy-2022-09.yaml'), 'utf8'));
  const on = async (found: ReturnType<typeof asked>): Promise<unknown> => ((await found).answer as { on: string }).on;
  expect(await on(asked())).toBe('2024-03-05'); // today, in Beijing
  expect(await on(asked({}, Date.UTC(2030, 0, 1)))).toBe('2024-03-31'); // the last day that any has
  expect(await on(asked({ on: '2022-09-14' }))).toBe('2022-09-14');
  policyFile(
    'again.yaml',
    readFileSync(policy, 'utf8')
      .replace('publishing-2024-03', 'shop-2024-03')
      .replace('rules:', 'programme: shop\nrules:'),
  );
  await expect(asked()).rejects.toMatchObject(said('several policies in'));
});

test('many pictures are measured by threads, as by one, whatever they are called', {
  ...DEEP,
  timeout: 120_000,
}, () => {
  const folder = workspace();
  mkdirSync(join(folder, 'pictures/下/级'), { recursive: true });
  const sound = readFileSync(join(sample, 'pictures/lamp.png'));
  const names = Array.from({ length: 60 }, (_, at) => `下/级/图 "${at}", =x.png`);
  for (const [at, name] of names.entries())
    writeFileSync(join(folder, 'pictures', name), at % 10 === 9 ? sound.subarray(0, 900) : sound);
  const csv = join(folder, 'm.csv');
  const call = () =>
    execFileSync('node', [
      PROGRAM,
      'check',
      'pictures',
      join(folder, 'pictures'),
      '--policy',
      policy,
      '--csv',
      csv,
      '--json',
    ]);
  expect(call).toThrow(expect.objectContaining({ status: 4 }));
  const rows = readFileSync(csv, 'utf8').trimEnd().split('\n').slice(1);
  expect(rows).toHaveLength(60);
  expect(rows.filter((row) => row.includes(',unreadable,'))).toHaveLength(6);
});

test('September 2022: the day before and the day of each rule', async () => {
  const { runDir } = await settle({
    policy: join(sample, 'policy-2022-09.yaml'),
    input: join(sample, '2022-09'),
    out: join(workspace(), 'out'),
  });
  const rows = readFileSync(join(runDir, 'publications.csv'), 'utf8').trimEnd().split('\n').slice(1);
  expect(rows.map((row) => [row.split(',')[0], row.split(',')[5]])).toEqual([
    ['v1', ''],
    ['v2', 'missing_picture'],
    ['v3', ''],
    ['v4', 'missing_content_type'],
    ['v5', ''],
  ]);
  expect(await verifyRun(runDir)).toMatchObject({ count: 0 });
});

/** Days around each rule, measurements around each threshold, and some of other terms or none. */
const day = fc.constantFrom('2024-02-29', '2024-03-01', '2024-03-09', '2024-03-10', '2024-03-31', '2024-04-01');
const flag = fc.constantFrom('Y', 'N', '');
const publication = fc.record({
  kind: fc.constantFrom('video', '封面', 'article'),
  day,
  picture: fc.constantFrom('', 'a.jpg'),
  title: fc.constantFrom('', '=标题'),
  type: fc.constantFrom('', '讲解'),
});
const picture = fc.record({
  use: fc.constantFrom('main', '主图', 'cover', 'other'),
  day,
  text: flag,
  watermark: flag,
  generated: flag,
  measured: fc.constantFrom('yes', 'yes', 'yes', 'no', 'otherwise'),
  fault: fc.constantFrom('', '', '', 'unreadable', 'empty_file'),
  format: fc.constantFrom('jpg', 'png', 'gif'),
  bytes: fc.constantFrom(1000, 5_000, 5_001),
  width: fc.constantFrom(799, 800),
  height: fc.constantFrom(799, 800),
  off: fc.constantFrom(0, 4, 5),
  frame: fc.constantFrom(0, 1, 40, 41),
  inside: fc.constantFrom(0, 49, 50),
});

async function agree(runs: number): Promise<void> {
  const drawn = fc.record({
    publications: fc.array(publication, { maxLength: 15 }),
    pictures: fc.array(picture, { maxLength: 15 }),
  });
  await fc.assert(
    fc.asyncProperty(drawn, async ({ publications, pictures }) => {
      const dated = (value: string) =>
        `{ dated: [{ from: 2024-03-01, value: ${value} }, { from: 2024-03-10, value: ${value.replace('800', '799').replace('true', 'false')} }] }`;
      const names = pictures.map((_, at) =>
        at % 3 === 0 ? `"图, ${at}.jpg"` : at % 3 === 1 ? `=p${at}.jpg` : `p${at}.jpg`,
      );
      const lines = (head: string, rows: readonly string[]) => `${[head, ...rows].join('\n')}\n`;
      const folder = write(workspace(), {
        'policy.yaml': `id: p-2024-03\nrules: publishing\nperiod: { from: 2024-03-01, to: 2024-03-31 }\npublication: { kinds: [video, cover], needs_picture_and_title: ${dated('true')}, needs_content_type: true }\npicture: { formats: { dated: [{ from: 2024-03-10, value: [jpg, png] }] }, max_bytes: 5000, min_width: ${dated('800')}, min_height: 800, off_white: { at_most: 1, of: 1000 }, frame: { at_least: 1, of: 2 }, no_text: ${dated('true')}, no_watermark: true, not_generated: true }\nmeasure: { tolerance: 3, edge_px: 1, frame_px: 40, max_pixels: 1000000, max_bytes: 1000000 }\n`,
        'publications.csv': lines(
          'publication_id,account_id,kind,published_at,picture,title,content_type',
          publications.map(
            (each, at) => `w${at},a1,${each.kind},${each.day} 12:00:00,${each.picture},${each.title},${each.type}`,
          ),
        ),
        'pictures.csv': lines(
          'picture,picture_use,published_at,has_text,has_watermark,generated',
          pictures.map(
            (each, at) =>
              `${names[at]},${each.use},${each.day} 23:59:59,${each.text},${each.watermark},${each.generated}`,
          ),
        ),
        'picture_measures.csv': lines(
          'picture,bytes,format,width,height,fault,tolerance,edge_px,frame_most_px,edge_pixels,edge_off_white,edge_darkest,frame_px,inside_pixels,inside_other',
          pictures.flatMap((each, at) => {
            if (each.measured === 'no') return [];
            const pixels =
              each.fault === ''
                ? `4000,${each.off},200,${each.frame},${each.inside === 0 ? 0 : 100},${each.inside}`
                : ',,,,,';
            return [
              `${names[at]},${each.bytes},${each.format},${each.width},${each.height},${each.fault},${each.measured === 'yes' ? 3 : 4},1,40,${pixels}`,
            ];
          }),
        ),
      });
      const { runDir } = await settle({ policy: join(folder, 'policy.yaml'), input: folder, out: join(folder, 'out') });
      expect((await verifyRun(runDir)).differences).toEqual([]);
    }),
    seeded(runs),
  );
}

test('random months are judged as the second implementation judges them', () => agree(3));
test('a hundred of them', { ...DEEP, timeout: 600_000 }, () => agree(100));
