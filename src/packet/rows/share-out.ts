import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { OwnedRow, Owner, PacketFile, RunKnown } from '../../programmes/interface/packets.js';
import type { PacketUnit } from '../../verify/packet/packet-data.js';
import { cellIn, eachRecord } from './records.js';

/** Rows of one file that stand behind each other in it, or records that were made for the unit. */
export type Piece = { file: number; from: number; to: number } | { file: number; text: string };

export interface UnitRows {
  unit: PacketUnit;
  /** By anchor; blank: of no anchor. */
  groups: Map<string, Piece[]>;
}

/** A run's rows by whom they belong to. */
export interface UnitShares {
  files: readonly PacketFile[];
  /** By `agency MCN-01` and `anchor A1001`. */
  units: Map<string, UnitRows>;
  /** Rows that are nobody's. */
  rest: Piece[];
  headers: Map<string, string>;
}

export function unitKey({ kind, id }: PacketUnit): string {
  return `${kind} ${id}`;
}

/** Reads every file of a run folder once and notes whose its rows are; the rows themselves stay on the disk. */
export function shareRows(dir: string, declared: readonly PacketFile[]): UnitShares {
  const files = declared.filter(({ file }) => existsSync(join(dir, file)));
  const shares: UnitShares = { files, units: new Map(), rest: [], headers: new Map() };
  const known = knownIn(dir, files);
  for (const [at, each] of files.entries()) {
    const reader = each.anchor === undefined ? cellReader(each, known) : anchorReader(each, each.anchor, known);
    let header = true;
    eachRecord(join(dir, each.file), (bytes, from, to, offset) => {
      if (header) {
        shares.headers.set(each.file, bytes.toString('utf8', from, to));
        header = false;
        return;
      }
      const place = { file: at, from: offset, to: offset + to - from + 1 };
      const owned = reader(bytes, from, to);
      if (owned.length === 0) append(shares.rest, place);
      for (const { owner, cells } of owned)
        append(piecesOf(shares, owner), cells === undefined ? place : { file: at, text: recordOf(cells) });
    });
  }
  return shares;
}

type Reader = (bytes: Buffer, from: number, to: number) => readonly OwnedRow[];
interface Knowing extends RunKnown {
  wanted: Set<string>;
  note: (session: string, anchor: string) => void;
}

/** settlement.csv says whose anchors are; which sessions are asked for the files themselves. */
function knownIn(dir: string, files: readonly PacketFile[]): Knowing {
  const agencies = new Map<string, string>();
  let columns: string[] | undefined;
  const cellsOf = (bytes: Buffer, from: number, to: number): string[] => cellsIn(bytes.toString('utf8', from, to));
  eachRecord(join(dir, 'settlement.csv'), (bytes, from, to) => {
    const cells = cellsOf(bytes, from, to);
    if (columns === undefined) columns = cells;
    else agencies.set(cells[columns.indexOf('anchor_id')] ?? '', cells[columns.indexOf('agency_id')] ?? '');
  });
  const wanted = new Set<string>();
  for (const { file, sessions } of files)
    if (sessions !== undefined)
      eachRecord(join(dir, file), (bytes, from, to, offset) => {
        if (offset > 0) for (const id of sessions(cellsOf(bytes, from, to))) wanted.add(id);
      });
  const anchors = new Map<string, string>();
  return {
    wanted,
    agencyOf: (anchor) => agencies.get(anchor),
    anchorOf: (session) => anchors.get(session),
    note: (session, anchor) => anchors.set(session, anchor),
  };
}

function cellReader({ owners }: PacketFile, known: RunKnown): Reader {
  return (bytes, from, to) => owners?.(cellsIn(bytes.toString('utf8', from, to)), known) ?? [];
}

/** Rows of an anchor stand beside each other, so that nearly every row has the id of the one before it. */
function anchorReader({ session }: PacketFile, column: number, known: Knowing): Reader {
  let last = Buffer.alloc(0);
  let owned: readonly OwnedRow[] = [];
  return (bytes, from, to) => {
    const cell = cellIn(bytes, from, to, column);
    if (owned.length === 0 || !holdsAt(bytes, cell, last)) {
      last = Buffer.from(bytes.subarray(cell.from, cell.to));
      const anchor = last.toString('utf8');
      const agency = known.agencyOf(anchor);
      owned = agency === undefined ? [] : [{ owner: { agency, anchor } }];
    }
    if (session !== undefined && known.wanted.size > 0) {
      const id = cellIn(bytes, from, to, session);
      const text = bytes.toString('latin1', id.from, id.to);
      if (known.wanted.has(text)) known.note(text, last.toString('utf8'));
    }
    return owned;
  };
}

/** Whether a cell is the same as one before; byte by byte, as there are millions and each is short. */
function holdsAt(bytes: Buffer, { from, to }: { from: number; to: number }, cell: Buffer): boolean {
  if (to - from !== cell.length) return false;
  for (let at = 0; at < cell.length; at += 1) if (bytes[from + at] !== cell[at]) return false;
  return true;
}

export function piecesOf({ units, rest }: UnitShares, { agency, anchor }: Owner): Piece[] {
  if (agency === '' && anchor === '') return rest;
  const unit: PacketUnit = agency === '' ? { kind: 'anchor', id: anchor } : { kind: 'agency', id: agency };
  let rows = units.get(unitKey(unit));
  if (rows === undefined) {
    rows = { unit, groups: new Map() };
    units.set(unitKey(unit), rows);
  }
  let pieces = rows.groups.get(anchor);
  if (pieces === undefined) {
    pieces = [];
    rows.groups.set(anchor, pieces);
  }
  return pieces;
}

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  const follows =
    last !== undefined && 'from' in last && 'from' in piece && last.file === piece.file && last.to === piece.from;
  if (follows) last.to = piece.to;
  else pieces.push(piece);
}

/** The cells of a record. */
export function cellsIn(record: string): string[] {
  if (!/["\r]/.test(record)) return record.split(',');
  const [cells = []] = parse(record, { record_delimiter: '\n', relax_column_count: true }) as string[][];
  return cells;
}

/** A record in the outputs' one form. */
function recordOf(cells: readonly string[]): string {
  return stringify([[...cells]], { record_delimiter: '\n', quote_record_delimiter: true, eof: false });
}
