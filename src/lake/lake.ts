import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeLike } from '../engine/lake-rows.js';
import { damagedLake, noLake, otherFormat } from './failures.js';
import { publishOnce, readRecord, sweepDrafts } from './once.js';
import type { End, Go, LakeFile } from './records.js';

/** How a lake is laid out; another number where that changes. */
const FORMAT = 1;
/** What was begun an hour ago was being written by a process that is no more. */
const LEFT_MS = 3_600_000;
const [GOES, END, LANDED, CLAIMS, WORKERS] = ['goes', 'end', 'landed', 'claims', 'workers'];

/** What has come into a lake: one load a go that brought something. */
export interface LakeLoad {
  load: number;
  at: number;
  files: (LakeFile & { fileNo: number })[];
}

/** All that a lake says at one moment. */
export interface LakeHistory {
  loads: LakeLoad[];
  /** The number that the next go has, and the go that hasn't ended. */
  next: number;
  open: Go | undefined;
}

/** A folder on storage that machines share, into which exports are loaded. */
export class ExportLake {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Opens a lake to be read; refuses what is none, and one of another format. */
  static reading(folder: string): ExportLake {
    const lake = new ExportLake(resolve(folder));
    const format = readRecord<{ settle_lake?: unknown }>(join(lake.folder, 'lake'))?.settle_lake;
    if (format === undefined) throw noLake(folder);
    if (format !== FORMAT) throw otherFormat(folder, String(format), String(FORMAT));
    return lake;
  }

  /** Opens a lake to be loaded into, making one where there is none; a folder that holds other things becomes none. */
  static loading(folder: string): ExportLake {
    const path = resolve(folder);
    if (!existsSync(join(path, 'lake'))) {
      mkdirSync(path, { recursive: true });
      // What Spark's own lake has may be there already, and what another process makes just now.
      const others = readdirSync(path).filter((name) => !/^(rows|runs|lake|goes|\..*)$/.test(name));
      if (others.length > 0) throw noLake(folder, others[0]);
      publishOnce(join(path, 'lake'), { settle_lake: FORMAT });
    }
    makeLike(path, GOES);
    return ExportLake.reading(folder);
  }

  /** What has been loaded so far, and what is under way. */
  history(): LakeHistory {
    const goes = this.#goes();
    const loads: LakeLoad[] = [];
    let fileNo = 0;
    for (const [at, go] of goes.entries()) {
      if (go !== at + 1) throw damagedLake(this.folder, join(this.#goFolder(at + 1), 'record.json'));
      const end = this.endOf(go);
      if (end === undefined && at + 1 < goes.length) throw damagedLake(this.folder, join(this.#goFolder(go), END));
      if (end?.ended !== 'counted' || end.load === null) continue;
      const files = end.files.map((file) => {
        fileNo += 1;
        return { ...file, fileNo };
      });
      loads.push({ load: end.load, at: end.at, files });
    }
    const last = goes.length;
    const open = last === 0 || this.endOf(last) !== undefined ? undefined : readRecord<Go>(this.#goFolder(last));
    return { loads, next: last + 1, open };
  }

  #goes(): number[] {
    const folder = join(this.folder, GOES);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names
      .filter((name) => /^\d{6,}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  #goFolder(go: number): string {
    return join(this.folder, GOES, String(go).padStart(6, '0'));
  }

  /** Registers a go under its number; gives the one that has it, which may be another's. */
  register(go: Go, sign: (workers: string) => void): Go {
    sweepDrafts(join(this.folder, GOES), LEFT_MS);
    return publishOnce(this.#goFolder(go.go), go, (draft) => {
      for (const name of [LANDED, CLAIMS, WORKERS]) mkdirSync(join(draft, name));
      sign(join(draft, WORKERS));
    });
  }

  endOf(go: number): End | undefined {
    return readRecord<End>(join(this.#goFolder(go), END));
  }

  /** Ends a go; gives how it has ended, which another may have said before. */
  end(go: number, end: End): End {
    const ended = publishOnce(join(this.#goFolder(go), END), end);
    // Nobody needs what is still being published of it: whoever does so sees that it has ended.
    for (const part of [LANDED, '.']) sweepDrafts(join(this.#goFolder(go), part), 0);
    return ended;
  }

  landedFolder(go: number, at: number): string {
    return join(this.#goFolder(go), LANDED, place(at));
  }

  claimFile(go: number, at: number): string {
    return join(this.#goFolder(go), CLAIMS, place(at));
  }

  workersFolder(go: number): string {
    return join(this.#goFolder(go), WORKERS);
  }
}

function place(at: number): string {
  return String(at + 1).padStart(6, '0');
}
