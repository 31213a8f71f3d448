import type { Column, Type } from './column-types.js';

/** A column that every file has. */
export function required(name: string, chinese: string, type: Type): Column {
  const of = (cell: string): Column => {
    return { name, chinese, required: true, absent: '', holds: 'other', ...type(cell), of };
  };
  return of(name);
}

/** `absent`: what a file without the column means; `standsFor`: SQL for the value of a blank cell, NULL where none is given. */
export function optional(name: string, chinese: string, type: Type, absent: string, standsFor?: string): Column {
  const of = (cell: string): Column => {
    const made = type(cell);
    const read = standsFor === undefined ? made.read : `coalesce(${made.read}, ${standsFor})`;
    return { name, chinese, required: false, absent, holds: 'other', ...made, read, of };
  };
  return of(name);
}
