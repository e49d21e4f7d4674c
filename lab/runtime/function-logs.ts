/** What the functions write to their consoles: kept in memory for the checks, and in a file for whoever looks. */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LogLine } from "./types";

export interface FunctionLogs {
  readonly lines: readonly LogLine[];
  add(account: string, region: string, functionName: string, line: string): void;
}

function structured(line: string): boolean {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === "object" && parsed !== null;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** @param folder gets one file a function: `<account>.<region>.<function>.jsonl` */
export function makeFunctionLogs(folder: string): FunctionLogs {
  mkdirSync(folder, { recursive: true });
  const lines: LogLine[] = [];
  return {
    lines,
    add(account, region, functionName, line) {
      lines.push({ account, region, function: functionName, line, structured: structured(line) });
      appendFileSync(join(folder, `${account}.${region}.${functionName}.jsonl`), `${line}\n`);
    },
  };
}
