"use strict";
/**
 * Lets Node run our TypeScript, as ts-node's transpile-only mode does, with what was transpiled kept in `.cache/`.
 *
 * The same compiler with the same options as the Pulumi host's gives the same functions, so the packaged bytes are the
 * same under both; a command that has run before does not load the compiler at all.
 */
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const root = dirname(__dirname);
const cache = join(root, ".cache", "transpiled");
const seed = createHash("sha256")
  .update(readFileSync(join(root, "tsconfig.json")))
  .update(readFileSync(join(root, "node_modules", "typescript", "package.json")))
  .update(readFileSync(__filename))
  .digest("hex");
let options;

function transpile(source, fileName) {
  const ts = require("typescript");
  options ??= ts.convertCompilerOptionsFromJson(JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions, root).options;
  return ts.transpileModule(source, { fileName, compilerOptions: { ...options, noEmit: false, inlineSourceMap: true } }).outputText;
}

/** Whole or not at all: several processes may transpile the same file at the same time. */
function keep(path, text) {
  mkdirSync(cache, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

require.extensions[".ts"] = (module, fileName) => {
  const source = readFileSync(fileName, "utf8");
  const path = join(cache, `${createHash("sha256").update(seed).update(fileName).update(source).digest("hex")}.js`);
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    text = transpile(source, fileName);
    keep(path, text);
  }
  module._compile(text, fileName);
};
