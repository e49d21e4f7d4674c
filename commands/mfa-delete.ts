/**
 * `npm run mfa-delete [-- --config FILE]` says of each copy of the logs whether MFA delete is on, and prints the AWS command
 * where it could be and is not. It changes nothing: turning it on is the root user's, with a device in hand.
 *
 * Needs credentials of the log archive's account that may read its buckets' settings. One line a bucket; exit 0 if all is as
 * it can be, 1 if something is off that could be on or could not be read, 2 on a wrong argument or configuration, or without
 * credentials.
 */
import { S3Client } from "@aws-sdk/client-s3";
import { readArguments, refuse } from "./arguments";
import { configurationOrRefuse } from "./configuration";
import { checkCopies } from "./mfa-delete/copies";
import { lineFor } from "./preflight/finding";

const { values } = readArguments("mfa-delete", { config: { type: "string", what: "a file" } });

checkCopies((region) => new S3Client({ region }), configurationOrRefuse("log-archive", values.config)).then(
  (found) => {
    for (const finding of found) process.stdout.write(`${lineFor(finding)}\n`);
    process.exitCode = found.every(({ status }) => status === "ok") ? 0 : 1;
  },
  (error: unknown) => {
    const { name, message } = error as Error;
    if (name === "CredentialsProviderError") refuse("no AWS credentials were found: those of the log archive's account, with read access, are needed");
    if ("code" in (error as Error) || name === "TimeoutError") refuse(`AWS could not be reached: ${message}`);
    throw error;
  },
);
