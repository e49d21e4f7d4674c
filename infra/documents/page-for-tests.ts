/** What holds a page to its sources. */
import { readFileSync } from "node:fs";

/** The first line in which a page is not what it should be. It is made no further than that: what breaks a page mostly breaks it early. */
export function outdated(file: string, parts: Iterable<string>): string | undefined {
  const written = readFileSync(file, "utf8").split("\n");
  let at = 0;
  for (const line of linesOf(parts)) {
    if (line !== written[at]) return `line ${at + 1} is "${written[at]}" and should be "${line}"`;
    at += 1;
  }
  return at < written.length ? `it should end after line ${at}` : undefined;
}

function* linesOf(parts: Iterable<string>): Iterable<string> {
  for (const part of parts) yield* part.split("\n");
}
