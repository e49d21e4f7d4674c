/** What a query answers, and how it is shown. */

export type Cell = string | number | boolean | null;

export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column is never wider than this on a terminal; `--json` has everything. */
const WIDEST = 60;

/** Control characters of a log have no business on a terminal. */
// eslint-disable-next-line no-control-regex
const shown = (cell: Cell) => (cell === null ? "-" : String(cell).replace(/[\u0000-\u001f\u007f-\u009f]/g, "?"));
const cut = (text: string) => (text.length > WIDEST ? `${text.slice(0, WIDEST - 3)}...` : text);

export function asTable({ columns, rows }: Rows): string {
  const cells = [columns, ...rows.map((row) => row.map((cell) => cut(shown(cell))))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  return cells.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join("  ").trimEnd()).join("\n");
}

export const asObjects = ({ columns, rows }: Rows): readonly Readonly<Record<string, Cell>>[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]!])));
