/** A file of JSON that a user gave. */
import { readFileSync } from "node:fs";
import { InputError } from "./input-error";

const whys: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "reading it is not permitted",
};

/** In one line, whatever the parser quotes. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/**
 * What is in the file.
 *
 * @param option that named it
 * @param what is allowed: "a service control policy as JSON"
 * @throws InputError with one line: the option, the file, what is wrong, what is allowed
 */
export function readJson(option: string, path: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new InputError(oneLine(`${option} ${path} can't be read (${whys[code] ?? message}): ${what} is allowed`), { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new InputError(oneLine(`${option} ${path} is not JSON (${(error as Error).message}): ${what} is allowed`), { cause: error });
  }
}
