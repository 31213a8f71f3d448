import { sha256OfFile } from '../../disk/pieces.js';
import type { ExportFile } from '../folder.js';
import { contentOfParts, folderParts } from '../parquet/parts.js';

/** The sha256 that an export is known by, in hex. */
export async function contentOf(file: ExportFile): Promise<string> {
  return file.parts ? contentOfParts(await folderParts(file)) : sha256OfFile(file.path);
}
