/** Where a command's text goes, no faster than it is taken: what waits in memory is bounded. */
import { once } from "node:events";
import { createWriteStream, openSync } from "node:fs";
import type { Writable } from "node:stream";

/** Characters that are gathered before they are written. */
const CHUNK = 1 << 16;

export interface Output {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

export function outputTo(stream: Writable, close: boolean): Output {
  let gathered: string[] = [];
  let length = 0;
  const flush = async () => {
    const text = gathered.join("");
    gathered = [];
    length = 0;
    if (text !== "" && !stream.write(text)) await once(stream, "drain");
  };
  return {
    write: async (text) => {
      gathered.push(text);
      length += text.length;
      if (length > CHUNK) await flush();
    },
    end: async () => {
      await flush();
      if (!close) return;
      stream.end();
      await once(stream, "finish");
    },
  };
}

/** @throws Error with one line where the file can't be written */
export function fileOutput(file: string): Output {
  try {
    return outputTo(createWriteStream(file, { fd: openSync(file, "w") }), true);
  } catch (error) {
    throw new Error(`option --out is given ${JSON.stringify(file)}: a file that can be written is allowed (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}
