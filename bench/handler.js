"use strict";
// A packaged function as Lambda starts it: `node handler.js FOLDER` builds the handler; with an event, invokes it once.
const { join } = require("node:path");
const [folder, event, functionArn] = process.argv.slice(2);
const { handler } = require(join(folder, "index.js"));
async function main() {
  if (event) await handler(JSON.parse(event), { invokedFunctionArn: functionArn, awsRequestId: "bench", getRemainingTimeInMillis: () => 60000 });
  process.stdout.write("\nready\n");
}
main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
