/** Spaces and tabs around a cell are not part of it. */
export function trimCell(cell: string): string {
  return cell.replace(/^[ \t]+|[ \t]+$/g, '');
}
