/**
 * Packages all functions, or what a factory of its own captures, and prints what came out: run by the test in a process of
 * its own, since serialisation sees Jest's module registry instead of Node's.
 *
 *   node --require ts-node/register/transpile-only functions/package/probe.ts all | factory [largest]
 */
import { EC2Client } from "@aws-sdk/client-ec2";
import { packageAll, packageFunction } from ".";
import type { Package } from ".";

const greeting = { words: ["hello"] };
const factory = () => {
  const client = new EC2Client({ region: "us-east-1" });
  return async (event: { name: string }) => [...greeting.words, event.name, typeof client.send].join(" ");
};

const [what, largest] = process.argv.slice(2);
const packaged: Promise<Package[]> =
  what === "all" ? packageAll() : packageFunction("probe", factory, largest === undefined ? undefined : Number(largest)).then((one) => [one]);

packaged.then(
  (packages) => console.log(JSON.stringify(packages.map(({ zip, ...rest }) => ({ ...rest, zip: zip.toString("base64") })))),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
