import type { Row } from './duckdb/warehouse.js';

/** A relation that is to be made, as the header of its SQL says (sql/README.md). */
export interface Relation {
  path: string;
  /** For people: the rule's name, or the relation's. */
  name: string;
  reads: string[];
  writes: string;
  kept: 'table' | 'view';
  /** A SELECT. */
  sql: string;
}

/** Makes a relation in the warehouse's own connection. */
export type MakeHere = (relation: Relation) => Promise<void>;

/** Where a settlement is computed. The warehouse's own database is one, and needs nothing. */
export interface Engine {
  /** With its version: `DuckDB 1.5.6`. */
  readonly name: string;
  /** Makes relations, each after those that it reads. Afterwards the warehouse's connection has every one of them. */
  make(relations: readonly Relation[], here: MakeHere, onStep: OnRelation): Promise<void>;
  /** The first rows of a query that must have none; undefined where the engine lacks what it asks for. */
  audit(query: string): Promise<Row[] | undefined>;
}

export type OnRelation = (name: string, done: number, total: number) => void;

/** An engine beside the warehouse, which holds something while it works. */
export interface OuterEngine extends Engine {
  /** Stops what runs, and says so at once: the program is about to end. */
  interrupt(): void;
  /** Gives back everything; what the engine made can't be read any longer. */
  close(): Promise<void>;
}
