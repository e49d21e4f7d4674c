/** The organization's own recorders - trail, AWS Config, GuardDuty, Access Analyzer, Security Hub - stay as they are, where they are not off. */
import type { Configuration } from "../../infra/config/configuration";
import { exemptPrincipals } from "../../infra/documents/exempt";
import { harmlessReads } from "../../infra/documents/harmless-reads";
import { exceptedRoles } from "../../infra/documents/landing-zones";
import { stopping } from "../../infra/documents/lock-services";
import { trailArn } from "../../infra/documents/writers";
import { ANY_ACCOUNT, namesFor } from "../../infra/names";
import { actionsNamed } from "../actions";
import { catalogue } from "../catalogue";
import { controlQuestions, denied, type ControlAsk } from "../control-questions";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import { ordinarily } from "../ordinary";
import { everyoneBut, everyoneLike, type ActionFacts } from "../universe";

/** One recorder's calls, on what, and who may. */
interface Recorder {
  readonly what: string;
  readonly actions: readonly ActionFacts[];
  readonly resources?: readonly string[];
  readonly exempt: readonly string[];
}

const named = async (patterns: readonly string[]): Promise<readonly ActionFacts[]> =>
  factsOfAll((await Promise.all(patterns.map(async (pattern) => (pattern.includes("*") ? (await actionsNamed(pattern)).map(({ name }) => name) : [pattern])))).flat());

const trailOf = (config: Configuration): string => `arn:aws:cloudtrail:*:${ANY_ACCOUNT}:trail/${trailArn(config).split("/").at(-1)}`;

async function recorders(config: Configuration): Promise<readonly Recorder[]> {
  const { breakGlass, administrator, stackSets, deployDelegated, deployLogArchive } = exemptPrincipals(config);
  const { trail, config: recorder, guardDuty, accessAnalyzer, securityHub } = config.services;
  const inArchive = recorder.aggregator === "log-archive";
  const account = inArchive ? config.accounts.logArchive : config.accounts.delegated;
  const when = (holds: boolean, make: () => Promise<Recorder>): readonly Promise<Recorder>[] => (holds ? [make()] : []);
  const bucket = trail.existingBucket;
  return Promise.all([
    ...when(trail.use !== "off", async () => ({
      what: "the organization's trail",
      actions: catalogue().filter(({ types }) => types.some(({ arn }) => arn.includes(":trail/"))),
      resources: [trailOf(config)],
      exempt: [breakGlass, ...exceptedRoles(trail.exceptions)],
    })),
    ...when(trail.use !== "off" && bucket !== undefined, async () => ({
      what: "the bucket of the existing trail",
      actions: await named(stopping.bucket),
      resources: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      exempt: [administrator, ...exceptedRoles(trail.exceptions)],
    })),
    ...when(recorder.use !== "off", async () => ({
      what: "AWS Config",
      actions: await named(stopping.config),
      exempt: [stackSets, breakGlass, ...exceptedRoles(recorder.exceptions)],
    })),
    ...when(recorder.use !== "off" && recorder.aggregator !== "off", async () => ({
      what: "the aggregator",
      actions: await named(stopping.aggregator),
      resources: [`arn:aws:config:*:${account}:config-aggregator/*`],
      exempt: [...(inArchive ? [deployLogArchive, administrator] : [deployDelegated, breakGlass]), ...exceptedRoles(recorder.exceptions)],
    })),
    ...when(guardDuty.use !== "off", async () => ({
      what: "Amazon GuardDuty",
      actions: await named(stopping.guardDuty),
      exempt: [deployDelegated, breakGlass, ...exceptedRoles(guardDuty.exceptions)],
    })),
    ...when(accessAnalyzer.use !== "off", async () => ({
      what: "IAM Access Analyzer",
      actions: await named(stopping.accessAnalyzer),
      // Of its own name where it is ours: another team's may be anything.
      resources: [`arn:aws:access-analyzer:*:${config.accounts.delegated}:analyzer/${accessAnalyzer.use === "create" ? namesFor(config).analyzer : "*"}`],
      exempt: [deployDelegated, breakGlass],
    })),
    ...when(securityHub.use !== "off", async () => ({
      what: "AWS Security Hub",
      actions: await named(stopping.securityHub),
      exempt: [deployDelegated, breakGlass, ...exceptedRoles(securityHub.exceptions)],
    })),
  ]);
}

async function asks(config: Configuration): Promise<readonly ControlAsk[]> {
  const keys = ordinarily(config);
  const all = await recorders(config);
  const reads = await factsOfAll(harmlessReads.trail);
  return [
    ...all.map(({ what, exempt, ...more }) => denied(config, what, exempt, more)),
    ...all.map(({ what, exempt, ...more }) => ({ ...more, id: `who may goes on changing ${what}`, demand: "not-denied" as const, principals: everyoneLike(exempt), ordinaryNames: true as const, keys })),
    {
      id: "reading the organization's trail is open to everybody",
      demand: "not-denied",
      principals: everyoneBut([], config.accounts.management),
      actions: reads,
      resources: [trailOf(config)],
      ordinaryNames: true,
      keys,
    },
  ];
}

export const rule = obligation({
  requirement: "The organization's trail, AWS Config, GuardDuty, Access Analyzer and Security Hub are stopped, narrowed or left by nobody but who deploys them.",
  universe:
    "Every role, user, federated user and root user of every account but management's, without those that deploy the recorder, break-glass and the roles of landing zones that the configuration excepts; for the trail every action of the catalogue, for the others the calls that end or narrow them; whether the project made the recorder or found it, and only where it is not off.",
  notCovered: "Recorders that are off. What a landing zone that is excepted does by its own role. Filters and archived findings, which are a security team's daily work. The management account.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) => controlQuestions(subjects, "service-control-policy", await asks(config)),
});
