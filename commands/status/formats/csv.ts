/** A row a resource: what an engineer works off in a spreadsheet. https://www.rfc-editor.org/rfc/rfc4180 */
import type { Row } from "../rows";
import type { Format } from "./format";

const columns = ["account", "region", "source", "state", "resource", "why", "owner", "until", "seen"] as const satisfies readonly (keyof Row)[];

/** Spreadsheets take what begins so for a formula, and a reason may be anybody's words. */
const formula = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function csv(): Format {
  return {
    begin: `${columns.join(",")}\r\n`,
    row: (row) => `${columns.map((column) => cell(row[column])).join(",")}\r\n`,
    end: () => "",
  };
}
