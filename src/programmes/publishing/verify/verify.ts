import { Differences } from '../../../verify/differences.js';
import { byteOrder, guarded } from '../../../verify/forms.js';
import { checkSorted, compareList, compareTotals, type OpenedLists, openLists } from '../../../verify/lists/lists.js';
import type { VerifyOptions, VerifyReport } from '../../../verify/report.js';
import { faultsOfPicture, faultsOfPublication, type Measure, type Picture, type Publication } from './judged.js';
import { Rules } from './terms.js';

/** The stranger: every publication and picture judged again, from the clauses and the folder's own inputs alone. */

const [PUBLICATIONS, PICTURES] = ['publications.csv', 'pictures.csv'] as const;
const HEADERS = {
  [PUBLICATIONS]: 'publication_id,account_id,kind,published_at,stands,fault,fix,fix_zh',
  [PICTURES]:
    'picture,publication_id,picture_use,published_at,format,bytes,width,height,edge_pixels,edge_off_white,frame_px,stands,fault,fix,fix_zh',
  'inputs/publications.csv':
    'publication_id,account_id,kind,published_at,picture,title,content_type,source_file,source_line',
  'inputs/pictures.csv':
    'picture,publication_id,picture_use,published_at,has_text,has_watermark,generated,source_file,source_line',
  'inputs/picture_measures.csv':
    'picture,sha256,bytes,format,width,height,fault,tolerance,edge_px,frame_most_px,edge_pixels,edge_off_white,edge_darkest,frame_px,inside_pixels,inside_other,source_file,source_line',
} as const;

export async function verifyRun(runDir: string, { most = 100 }: VerifyOptions = {}): Promise<VerifyReport> {
  const differences = new Differences(most);
  const files = Object.entries(HEADERS).map(([file, header]) => ({ file, header }));
  const opened = openLists(runDir, files, differences);
  const rows = opened === undefined ? 0 : check(opened, differences);
  const { list, count } = differences;
  const none = { anchors: 0, sessions: 0, statements: 0 };
  return { run_id: opened?.manifest.run_id ?? '', ...none, rows, differences: list, count };
}

function check({ manifest, policy, rows }: OpenedLists, differences: Differences): number {
  const rules = new Rules(policy);
  for (const file of ['inputs/publications.csv', 'inputs/pictures.csv', 'inputs/picture_measures.csv'])
    checkSorted(file, rows(file), differences);
  const within = (file: string, id: string, at: string): void => {
    const day = at.slice(0, 10);
    if (day < manifest.period.from || day > manifest.as_of)
      differences.add(file, id, '', at, `${manifest.period.from} to ${manifest.as_of}`);
  };
  const publications = rows('inputs/publications.csv').map(
    ([id = '', account = '', kind = '', at = '', picture = '', title = '', type = '']): Publication => {
      within('inputs/publications.csv', id, at);
      return { id, account, kind, at, picture, title, type };
    },
  );
  const measures = new Map<string, Measure>();
  for (const row of rows('inputs/picture_measures.csv')) measures.set(row[0] ?? '', measureOf(row));
  const pictures = rows('inputs/pictures.csv').map(
    ([name = '', publication = '', use = '', at = '', text = '', watermark = '', generated = '']): Picture => {
      within('inputs/pictures.csv', name, at);
      return {
        name,
        publication,
        use,
        at,
        text: text === 'Y',
        watermark: watermark === 'Y',
        generated: generated === 'Y',
      };
    },
  );
  const judged = publications.map((each) => ({ each, faults: faultsOfPublication(each, rules) }));
  const seen = pictures.map((each) => ({
    each,
    measure: measures.get(each.name),
    faults: faultsOfPicture(each, measures.get(each.name), rules),
  }));
  compare(PUBLICATIONS, rows(PUBLICATIONS), publicationRows(judged), differences);
  compare(PICTURES, rows(PICTURES), pictureRows(seen), differences);
  const unmeasured = seen.filter(({ faults }) =>
    faults.some((fault) => fault === 'not_measured' || fault === 'measured_otherwise'),
  ).length;
  const told = rows('notices.csv').map(([code, , , , count]) => `${code} ${count}`);
  differences.compare(
    'notices.csv',
    '',
    '',
    told.join('\n'),
    unmeasured === 0 ? '' : `pictures_unmeasured ${unmeasured}`,
  );
  const faulty = (list: readonly { faults: readonly string[] }[]): number =>
    list.filter(({ faults }) => faults.length > 0).length;
  const totals = {
    publications: judged.length,
    faulty_publications: faulty(judged),
    pictures: seen.length,
    faulty_pictures: faulty(seen),
  };
  compareTotals(manifest, totals, differences);
  return judged.length + seen.length;
}

function measureOf(row: readonly string[]): Measure {
  const cell = (at: number): string => row[at] ?? '';
  return {
    bytes: cell(2),
    format: cell(3),
    width: cell(4),
    height: cell(5),
    fault: cell(6),
    terms: [cell(7), cell(8), cell(9)].join(),
    framePixels: cell(9),
    edgePixels: cell(10),
    offWhite: cell(11),
    frame: cell(13),
    insidePixels: cell(14),
    insideOther: cell(15),
  };
}

/** A line a fault, one without where there is none; the words of the fix are what people read, and are left aside. */
function publicationRows(judged: readonly { each: Publication; faults: readonly string[] }[]): string[][] {
  return judged.flatMap(({ each, faults }) =>
    lines(faults).map((fault) => [each.id, each.account, each.kind, each.at, fault === '' ? 'Y' : 'N', fault]),
  );
}

function pictureRows(
  seen: readonly { each: Picture; measure: Measure | undefined; faults: readonly string[] }[],
): string[][] {
  return seen.flatMap(({ each, measure: m, faults }) =>
    lines(faults).map((fault) => [
      guarded(each.name),
      each.publication,
      each.use,
      each.at,
      ...[m?.format, m?.bytes, m?.width, m?.height, m?.edgePixels, m?.offWhite, m?.frame].map((cell) => cell ?? ''),
      fault === '' ? 'Y' : 'N',
      fault,
    ]),
  );
}

function lines(faults: readonly string[]): string[] {
  return faults.length === 0 ? [''] : faults.toSorted(byteOrder);
}

/** By all cells but the words; a row with a fault must have words in both languages, one without none. */
function compare(
  file: typeof PUBLICATIONS | typeof PICTURES,
  found: readonly (readonly string[])[],
  expected: readonly (readonly string[])[],
  differences: Differences,
): void {
  const header = HEADERS[file].split(',').slice(0, -2);
  const fault = header.length - 1;
  for (const row of found) {
    const said = [row.at(-2) !== '', row.at(-1) !== ''].join();
    const due = row[fault] === '' ? 'false,false' : 'true,true';
    differences.compare(file, row[0] ?? '', 'fix', said, due, 'V3');
  }
  const byFault = (row: readonly string[]): string[] => [row[0] ?? '', row[fault] ?? '', ...row.slice(1, fault)];
  const columns = ['', 'fault', ...header.slice(1, fault)].join();
  const own = found.map((row) => byFault(row.slice(0, -2)));
  compareList(file, { header: `${header[0]}${columns}`, key: 2 }, own, expected.map(byFault), differences, () => 'V7');
}
