/**
 * Runs the program of `delegated` as the Pulumi CLI does, but for the engine: `@pulumi/pulumi/cmd/run` compiles it with the
 * options of Pulumi.yaml. For a test; plain JavaScript, because what compiles the program is what is tested.
 *
 *   node infra/program/host.js <configuration as JSON>   prints the keys of what would be uploaded
 */
"use strict";
const index = require.resolve("@pulumi/pulumi/cmd/run/index.js");
// The command line itself, which asks for an engine's address; the rest of that folder only reads this from it.
require.cache[index] = { id: index, filename: index, loaded: true, exports: { nodeJSProcessExitedAfterLoggingUserActionableMessage: 32 } };
const pulumi = require("@pulumi/pulumi");
const { run } = require("@pulumi/pulumi/cmd/run/run.js");

async function main() {
  const keys = new Set();
  const mocks = {
    newResource({ name, inputs }) {
      if (inputs.key) keys.add(inputs.key);
      return { id: name, state: inputs };
    },
    call: () => ({ accounts: [] }),
  };
  await pulumi.runtime.setMocks(mocks, "fall", "delegated");
  pulumi.runtime.setAllConfig(JSON.parse(process.argv[2]));
  const failed = (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  };
  await run({ _: ["."] }, () => {}, failed, () => false);
  await pulumi.runtime.disconnect();
  process.stdout.write(JSON.stringify([...keys].sort()));
}

void main();
