import { posix } from 'node:path';
import { say } from '../../words/say.js';
import { unusable } from '../unusable.js';
import type { Archive } from './archive.js';
import { escapedText } from './texts.js';
import { damaged } from './unusable-workbook.js';
import { readXml, SPREADSHEET } from './xml.js';

/** A sheet of a workbook, in the workbook's order. */
export interface Sheet {
  name: string;
  /** The part that holds its rows; undefined of a chart's sheet and the like. */
  part: string | undefined;
}

/** What a workbook is made of. */
export interface Parts {
  sheets: Sheet[];
  /** Days count from 1904 instead of 1900. */
  from1904: boolean;
  /** The parts of the shared strings and of the number formats; a workbook may have neither. */
  strings: string | undefined;
  styles: string | undefined;
}

/** Follows the relations from the archive's root, for a part may have any name. */
export async function readParts(archive: Archive): Promise<Parts> {
  if (!archive.has(relationsOf(''))) throw noWorkbook(archive);
  const roots = await readRelations(archive, '');
  const main = [...roots.values()].find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined || !archive.has(main)) throw noWorkbook(archive);
  if (/\.bin$/i.test(main))
    throw unusable(
      archive.file,
      say('is a binary workbook (.xlsb)'),
      say('Open it in a spreadsheet program and save it as .xlsx.'),
    );
  const { sheets, from1904 } = await readWorkbook(archive, main);
  const relations = await readRelations(archive, main);
  const partOf = (type: string): string | undefined =>
    [...relations.values()].find((relation) => relation.type === type)?.target;
  return {
    sheets: sheets.map(({ name, id }) => {
      const relation = relations.get(id);
      if (relation === undefined) throw damaged(archive.file, say('nothing says where its sheet {name} is', { name }));
      return { name, part: relation.type === 'worksheet' ? relation.target : undefined };
    }),
    from1904,
    strings: partOf('sharedStrings'),
    styles: partOf('styles'),
  };
}

async function readWorkbook(
  archive: Archive,
  part: string,
): Promise<{ sheets: { name: string; id: string }[]; from1904: boolean }> {
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  await readXml(
    archive,
    part,
    { name: 'workbook', spaces: SPREADSHEET },
    {
      open: (name, attributes) => {
        if (name === 'workbookPr') from1904 = ['1', 'true', 'on'].includes(attributes.date1904 ?? '');
        if (name !== 'sheet') return;
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
        if (id !== undefined) sheets.push({ name: escapedText(attributes.name ?? ''), id });
      },
      text: () => undefined,
      close: () => undefined,
    },
  );
  return { sheets, from1904 };
}

interface Relation {
  /** The last word of its type: officeDocument, worksheet, sharedStrings. */
  type: string;
  target: string;
}

const RELATIONS = ['http://schemas.openxmlformats.org/package/2006/relationships'];

/** A part's relations by their ids; a part without any has none. */
async function readRelations(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const from = relationsOf(part);
  if (!archive.has(from)) return relations;
  await readXml(
    archive,
    from,
    { name: 'Relationships', spaces: RELATIONS },
    {
      open: (name, { Id = '', Type = '', Target = '', TargetMode = '' }) => {
        if (name !== 'Relationship' || TargetMode === 'External') return;
        relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target: targetOf(part, Target) });
      },
      text: () => undefined,
      close: () => undefined,
    },
  );
  return relations;
}

/** Where the relations of a part stand; the archive's own, of no part. */
function relationsOf(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
}

/** A target begins at its part's folder, or with a stroke at the root. */
function targetOf(part: string, target: string): string {
  const written = target.replaceAll('\\', '/');
  const plain = written.includes('%') ? decoded(written) : written;
  return posix.join(plain.startsWith('/') ? '' : posix.dirname(part), plain).replace(/^\/+/, '');
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function noWorkbook(archive: Archive): Error {
  if (archive.has('content.xml'))
    return unusable(
      archive.file,
      say('is an OpenDocument spreadsheet under the name of a workbook'),
      say('Open it in a spreadsheet program and save it as .xlsx.'),
    );
  return unusable(
    archive.file,
    say('is an archive, but no workbook'),
    say('Unpack it here, if the exports are in it; else save the workbook again.'),
  );
}
