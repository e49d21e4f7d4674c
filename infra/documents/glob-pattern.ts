import { onceForText } from "../config/once-for";

/** A glob as a regular expression for the whole of a text: `*` any run of characters, `?` any one, as `one` says it. */
const patternOf = (one: string) =>
  onceForText((glob) => {
    const parts = glob.split("").map((char) => (char === "*" ? ".*" : char === "?" ? one : char.replace(/\W/, "\\$&")));
    return new RegExp(`^${parts.join("")}$`, "s");
  });

/** Of texts. */
export const globPattern = patternOf(".");

/** Of other globs: that a `*` of theirs is more than any one character. */
export const globsPattern = patternOf("[^*]");
