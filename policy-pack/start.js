"use strict";
/**
 * Where the engine starts the pack: the same TypeScript, from what was transpiled the last time.
 *
 * run-policy-pack has ts-node compile every file with a language service, ten CPU-seconds for this pack, each time it starts.
 * Types are checked by `npm test`; here the sources are only transpiled (`noCheck` in tsconfig.json says the same).
 */
require("./heap.js");
require("../commands/register.js");
require("./index.ts");
