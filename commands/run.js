#!/usr/bin/env node
"use strict";
/**
 * Starts a command of the project on a machine that may have nothing but Node, Python and git: installs the Node
 * packages (and, for the commands that need it, a private Python environment), then runs the command.
 * Plain JavaScript without a dependency, because it runs before anything is installed.
 *
 *   node commands/run.js <command> [arguments]
 */
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");

/** The commands, and whether each needs the Python environment with the AWS emulator. */
const commands = {
  bench: { python: true, script: "bench/main.ts" },
  catalogue: { python: false, script: "commands/catalogue.ts" },
  cost: { python: false, script: "commands/cost.ts" },
  doctor: { python: false, script: "commands/doctor.ts" },
  lab: { python: true, script: "lab/main.ts" },
  "mfa-delete": { python: false, script: "commands/mfa-delete.ts" },
  onboard: { python: false, script: "commands/onboard.ts" },
  policy: { python: false, script: "commands/policy.ts" },
  preflight: { python: false, script: "commands/preflight.ts" },
  prove: { python: false, script: "commands/prove.ts" },
  query: { python: false, script: "commands/query.ts" },
  redrive: { python: false, script: "commands/redrive.ts" },
  removals: { python: false, script: "commands/removals.ts" },
  status: { python: false, script: "commands/status.ts" },
  synth: { python: false, script: "commands/synth.ts" },
  test: { python: true, script: "commands/test.ts" },
};

/** One line on standard error and exit 2: what was given or is missing, and what is allowed. */
function refuse(line) {
  process.stderr.write(`${line}\n`);
  process.exit(2);
}

function wantedNode() {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(">=", "");
  const have = process.versions.node;
  const number = (version) => version.split(".").map(Number).reduce((sum, part) => sum * 1000 + part, 0);
  if (number(have) < number(wanted)) refuse(`Node ${have} is too old: ${wanted} or later is needed`);
}

/** Runs a step of the installation; what it prints goes to standard error, whole if it fails. */
function step(what, program, args, explain) {
  process.stderr.write(`${what} ...\n`);
  const done = spawnSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.error || done.status !== 0) {
    const output = `${done.stdout ?? ""}\n${done.stderr ?? ""}`.trim().split("\n");
    const cause = output.filter((line) => /error/i.test(line)).at(0) ?? output.at(-1) ?? "";
    refuse(`${explain}: ${done.error ? done.error.message : cause.trim()}`);
  }
}

/** Runs `install` unless it already ran for the very same `files`; a half-done installation is done again. */
function once(marker, files, install) {
  const digest = createHash("sha256");
  for (const file of files) digest.update(readFileSync(join(root, file)));
  const wanted = digest.digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  // An installation empties the folder first: through a link it would be somebody else's.
  const folder = join(marker, "..");
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    refuse(`${folder} is a link, and what it leads to was not installed from this ${files.join(", ")}: install there, or remove the link`);
  rmSync(marker, { force: true });
  install();
  mkdirSync(join(marker, ".."), { recursive: true });
  writeFileSync(marker, wanted);
}

function installNode() {
  once(join(root, "node_modules", ".fall-installed"), ["package-lock.json"], () => {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    step("installing Node packages", npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci failed (is a package registry reachable?)");
  });
}

function installPython() {
  const venv = join(root, ".venv");
  once(join(venv, ".fall-installed"), ["lab/requirements.txt"], () => {
    const version = spawnSync("python3", ["-c", "import sys; print(sys.version_info >= (3, 10))"], { encoding: "utf8" });
    if (version.error) refuse("python3 was not found: Python 3.10 or later is needed for the lab's AWS emulator");
    if (version.stdout.trim() !== "True") refuse("python3 is too old: Python 3.10 or later is needed for the lab's AWS emulator");
    rmSync(venv, { recursive: true, force: true });
    step("making a Python environment", "python3", ["-m", "venv", venv], "python3 -m venv failed (on Debian: apt install python3-venv)");
    step("installing the AWS emulator", join(venv, "bin", "python"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", "lab/requirements.txt"],
      "pip install failed (is a package registry reachable?)");
  });
}

wantedNode();
const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (!command) refuse(`unknown command ${JSON.stringify(name ?? "")}: one of ${Object.keys(commands).join(", ")} is allowed`);
installNode();
if (command.python) installPython();
const done = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--require", join(__dirname, "register.js"), join(root, command.script), ...args],
  // The AWS SDK warns about Node 20 in five lines; a command's standard error is for its own.
  { cwd: root, stdio: "inherit", env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" } },
);
process.exit(done.status ?? 1);
