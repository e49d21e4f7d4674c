/**
 * Runs tests for Stryker, read afresh for each mutant, in one process: Jest takes a second to start what takes a twentieth. To
 * the tests `test`, `describe` and `expect` are Jest's; `expect` is its package. Which ones is the configuration's to say.
 */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { performance } from "node:perf_hooks";
import { commonTokens, declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from "@stryker-mutator/api/test-runner";

const stryker = (globalThis.__stryker__ ??= {});
const javaScript = new Map();
/** Of the folder that Stryker copied the project to. */
let root, required, expect;

/** The tests that were declared, in their order. */
let tests = [];

const titled = (title, row, values) => {
  let next = 0;
  return title.replace(/%[sipj]|\$(\w+)/g, (_, name) => (name === undefined ? String(values[next++]) : String(row[name])));
};
const each = (declare) => (rows) => (title, work) => {
  for (const [index, row] of rows.entries()) {
    const values = Array.isArray(row) ? row : [row];
    declare(`${titled(title, row, values)} (${index})`, () => work(...values));
  }
};
let within = "";
const test = (name, run) => tests.push({ name: `${within}${name}`, run });
test.each = each(test);
const describe = (name, declare) => {
  const before = within;
  within += `${name} `;
  declare();
  within = before;
};
describe.each = each(describe);

const ours = (path) => path.startsWith(root) && !path.includes(`${sep}node_modules${sep}`);
function forget() {
  for (const path of Object.keys(required.cache)) if (ours(path)) delete required.cache[path];
}

/** What a module of tests is given. */
globalThis.__given = (module) => ({
  test,
  describe,
  expect,
  jest: {
    isolateModules(work) {
      const kept = Object.entries(required.cache).filter(([path]) => ours(path));
      forget();
      work();
      forget();
      for (const [path, each] of kept) required.cache[path] = each;
    },
    requireActual: (path) => createRequire(module.filename)(path),
  },
});

class Runner {
  static inject = [commonTokens.options];

  constructor({ tests: entry }) {
    this.entry = entry;
  }

  async init() {
    root = process.cwd();
    required = createRequire(join(root, "package.json"));
    ({ expect } = required("expect"));
    const { transformSync } = required("esbuild");
    required.extensions[".ts"] = (module, path) => {
      if (!javaScript.has(path)) {
        const { code } = transformSync(readFileSync(path, "utf8"), { loader: "ts", format: "cjs", target: "node20", sourcefile: path });
        javaScript.set(path, path.endsWith(".test.ts") ? `const { test, describe, expect, jest } = globalThis.__given(module);${code}` : code);
      }
      module._compile(javaScript.get(path), path);
    };
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    stryker.mutantCoverage = undefined;
    const result = await run({ entry: this.entry, bail: false });
    return result.status === DryRunStatus.Complete ? { ...result, mutantCoverage: stryker.mutantCoverage } : result;
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    stryker.activeMutant = activeMutant.id;
    stryker.hitLimit = hitLimit;
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      const result = await run({ entry: this.entry, bail: !disableBail, only: testFilter && new Set(testFilter) });
      return toMutantRunResult(determineHitLimitReached(stryker.hitCount, hitLimit) ?? result);
    } finally {
      stryker.activeMutant = undefined;
    }
  }
}

async function run({ entry, bail, only }) {
  forget();
  tests = [];
  stryker.currentTestId = undefined;
  try {
    required(entry);
  } catch (error) {
    // A mutant that can't be loaded fails every test; without one it is an error.
    const failed = { id: "loading", name: "loading", status: TestStatus.Failed, failureMessage: String(error), timeSpentMs: 0 };
    return stryker.activeMutant === undefined ? { status: DryRunStatus.Error, errorMessage: error.stack } : { status: DryRunStatus.Complete, tests: [failed] };
  }
  const results = [];
  for (const { name, run: work } of tests) {
    if (only && !only.has(name)) continue;
    const start = performance.now();
    const result = (status, failureMessage) => results.push({ id: name, name, status, failureMessage, timeSpentMs: Math.round(performance.now() - start) });
    stryker.currentTestId = name;
    try {
      await work();
      result(TestStatus.Success);
    } catch (error) {
      result(TestStatus.Failed, String(error?.message ?? error));
      if (bail) break;
    } finally {
      stryker.currentTestId = undefined;
    }
  }
  return { status: DryRunStatus.Complete, tests: results };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", Runner)];
