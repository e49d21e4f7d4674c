/** The central list of exclusions, as the enforcers of each Region read it. */
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { parseExclusions, type ExclusionList } from "../../../functions/enforcer/exclusions";
import type { Access } from "../access";
import { cause, note, type Check, type Finding, type Ground } from "../check";

export interface ListReading {
  readonly region: string;
  /** The object's text; null where there is none. */
  readonly text: string | null | undefined;
}

/** The list of a Region; undefined where it could not be read. */
export function exclusionsText({ access, config, names }: Pick<Ground, "config" | "names"> & { readonly access: Access }, region: string): Promise<string | null | undefined> {
  return access.once(`exclusions ${region}`, () =>
    access.attempt({ account: config.accounts.delegated, region }, "s3:GetObject", async (entered) => {
      const { Body } = await entered.client(S3Client, region).send(new GetObjectCommand({ Bucket: names.codeBucket(region), Key: names.exclusionsKey }));
      return (await Body?.transformToString()) ?? "";
    }, ["NoSuchKey", "NoSuchBucket"]),
  );
}

function parsed(text: string): ExclusionList | Error {
  try {
    return parseExclusions(text);
  } catch (error) {
    return error as Error;
  }
}

export const check: Check<ListReading> = {
  looksAt: "the central list of exclusions in each Region's code bucket",
  causes: {
    "observed-only": { symptom: "the enforcer reports what it would do, and does nothing", cause: "the list says that a source is only observed" },
    excluded: { symptom: "one resource, or a source in one account, is not logged", cause: "it is excluded by the list" },
    "exclusions-unreadable": { symptom: "none: everything is forced", cause: "the list is gone or invalid, so nothing is excluded" },
  },
  read: async (ground) => (ground.config.phase === "prepare" ? [] : Promise.all(ground.scope.regions.map(async (region) => ({ region, text: await exclusionsText(ground, region) })))),
  judge({ region, text }, { config, names, scope, now }) {
    if (text === undefined) return [];
    const arn = `${names.codeBucketArn(region)}/${names.exclusionsKey}`;
    const where = { account: config.accounts.delegated, region };
    const DEPLOY = "pulumi up of the stack delegated";
    const list = text === null ? new Error("there is no such object") : parsed(text);
    if (list instanceof Error) return [note("exclusions-unreadable", arn, where, list.message, DEPLOY)];
    const wanted = scope.sources.map(({ name }) => name);
    const observed = list.observe.filter(({ source, account }) => wanted.includes(source) && (account === "*" || (scope.account ?? account) === account));
    const findings: Finding[] = observed.map(({ source, account }) => {
      const { mode, observeIn } = config.sources[source]!;
      // Whoever asks about one source has the answer; over everything it is as it was meant.
      const meant = (mode === "observe" || observeIn.length > 0) && scope.sources.length > 1 && scope.resource === undefined;
      const found = `${source} is only observed in ${account === "*" ? "every account" : account}`;
      return meant ? note("observed-only", arn, { ...where, source }, found, `take fall:sources.${source} out of observation`) : cause("observed-only", arn, { ...where, source }, found, DEPLOY);
    });
    for (const entry of list.exclusions) {
      if (!wanted.includes(entry.source) || (scope.account ?? entry.account) !== entry.account || !["*", region].includes(entry.region) || !(now < Date.parse(entry.expires))) continue;
      const asked = scope.resource !== undefined && [scope.resource, "*"].includes(entry.resource);
      if (scope.resource !== undefined && !asked) continue;
      const say = asked ? cause : note;
      const what = entry.resource === "*" ? `every resource of ${entry.source} in ${entry.account}` : entry.resource;
      findings.push(say("excluded", what, { account: entry.account, region, source: entry.source }, `excluded by ${entry.owner} until ${entry.expires}: ${entry.reason}`, "take its entry out of fall:exclusions of the stack delegated"));
    }
    return findings;
  },
};
