/**
 * The doctor in the lab: every breakage planted alone, and each must be named, and nothing else; a service that it may not
 * read must be said; a healthy organization must have none, as the command itself finds.
 */
import { CloudFormationClient, DescribeStackSetOperationCommand, UpdateStackInstancesCommand } from "@aws-sdk/client-cloudformation";
import { makeAccess } from "../../commands/doctor/access";
import { examine, scopeOf, type Diagnosis } from "../../commands/doctor/examine";
import { exitCodeOf } from "../../commands/doctor/report";
import { stackInstanceOf } from "../../commands/doctor/nodes";
import { READER } from "../organization";
import { isReadOnly } from "../proxy/iam-data";
import type { BreakageRow, CheckRow } from "../report/report";
import { ownEnvironment, runCommand } from "../scenario/command";
import type { Lab } from "../scenario/start";
import { archiveBreakages } from "./archive";
import { atMember, makeBench, withoutRight, type Asked, type Bench, type Breakage, type Undo } from "./bench";
import { enforcerBreakages } from "./enforcers";
import { writeLambdaLogs } from "./lambda-logs";
import { organizationBreakages } from "./organization";
import { resourceBreakages } from "./resources";

/** The instance that never arrived arrives: what the doctor says would mend it. */
async function arrive({ lab }: Bench): Promise<void> {
  const { lost, world, deploys, callers } = lab;
  lost.arrives = true;
  const StackSetName = world.names.regionalStackSet;
  const cloudFormation = callers(deploys.delegated.person, world.names.homeRegion).client(CloudFormationClient);
  const targets = { OrganizationalUnitIds: [lab.organization.rootId], Accounts: [lost.account], AccountFilterType: "INTERSECTION" as const };
  const { OperationId } = await cloudFormation.send(new UpdateStackInstancesCommand({ StackSetName, DeploymentTargets: targets, Regions: [lost.region], CallAs: "DELEGATED_ADMIN" }));
  for (;;) {
    const { StackSetOperation } = await cloudFormation.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId, CallAs: "DELEGATED_ADMIN" }));
    if (StackSetOperation?.Status !== "RUNNING") break;
  }
  await lab.runtime.sweep({ accounts: [lost.account], regions: [lost.region] });
  await lab.runtime.enforced();
}

/** Breakage of the lab's own: it stands since the beginning, and is mended for good. */
const neverArrived: Breakage = {
  name: "the enforcers never arrived in one account and Region",
  asked: ({ lab }) => ({ source: "vpc", account: lab.lost.account, region: lab.lost.region }),
  plant: (bench) => Promise.resolve(() => arrive(bench)),
  named: ({ lab }) => ({ cause: "stack-instance", what: stackInstanceOf(lab.world.names.regionalStackSet, lab.lost) }),
};

export const breakages: readonly Breakage[] = [neverArrived, ...organizationBreakages, ...archiveBreakages, ...enforcerBreakages, ...resourceBreakages];

/** As the reader, who assumes a role in each account by calls that the proxy judges. */
async function diagnose({ lab, config }: Bench, asked: Asked): Promise<Diagnosis> {
  const { credentials } = lab.organization.reader;
  const { url: endpoint, requestHandler } = lab.proxy;
  const settings = { endpoint, requestHandler, credentials, forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" };
  return examine(await makeAccess(READER, settings), config, scopeOf(config, asked));
}

const is = (what: string | RegExp, given: string) => (typeof what === "string" ? what === given : what.test(given));

async function tryOne(bench: Bench, { name, asked, plant, named }: Breakage): Promise<BreakageRow> {
  const wanted = named(bench);
  const failed = (what: string) => (error: unknown): BreakageRow => ({ name, wanted: wanted.cause, found: [`could not be ${what}: ${String(error)}`], right: 0, wrong: 0, unread: [], mend: "", took: 0 });
  let undo: Undo;
  try {
    undo = await plant(bench);
  } catch (error) {
    return failed("planted")(error);
  }
  const started = Date.now();
  let row: BreakageRow;
  try {
    const { causes, unread } = await diagnose(bench, asked(bench));
    const right = causes.filter(({ cause, what }) => cause === wanted.cause && is(wanted.what, what));
    row = {
      name,
      wanted: wanted.cause,
      found: causes.map(({ cause, what, found, affects }) => `${cause} ${what}: ${found}${affects.length > 0 ? ` (explains ${affects.length})` : ""}`),
      right: Math.min(right.length, 1),
      wrong: causes.length - Math.min(right.length, 1),
      unread: unread.map(({ action, account, why }) => `${action} in ${account}: ${why}`),
      mend: right[0]?.mend ?? "",
      took: Date.now() - started,
    };
  } catch (error) {
    row = failed("diagnosed")(error);
  }
  // What can't be undone stands in the way of all that follows.
  return undo().then(() => row, failed("undone"));
}

/** The services that the doctor reads, each kept from it once; where it reads the status table there is another way to know. */
const READ = ["cloudformation", "cloudtrail", "ec2", "events", "iam", "kms", "lambda", "logs", "organizations", "s3", "sqs"];

/** What the reader may not read of a service is said, and taken for neither broken nor healthy. @returns what is wrong, in words */
async function withoutReading(bench: Bench, service: string): Promise<readonly string[]> {
  const { management, logArchive, delegated, members } = bench.lab.organization;
  const undo = await withoutRight(bench, [management, logArchive, delegated, ...members], `${service}:*`);
  try {
    // Of two sources: what is read of a bucket's log is more than of a VPC's.
    const found = await Promise.all(["vpc", "s3"].map((source) => diagnose(bench, atMember(source)(bench))));
    const unread = found.flatMap((one) => one.unread);
    return [
      ...found.flatMap(({ causes }) => causes.map(({ cause, what }) => `without ${service} ${cause} of ${what} is named`)),
      // A source whose log has nothing to do with the service is read whole.
      ...(found.some((one) => exitCodeOf(one) === 3) ? [] : [`without ${service} the doctor ends as if all were read`]),
      ...(unread.some(({ action }) => action.startsWith(`${service}:`)) ? [] : [`without ${service} nothing of it is said to be unread`]),
    ];
  } finally {
    await undo();
  }
}

async function unread(bench: Bench): Promise<CheckRow> {
  const wrong: string[] = [];
  for (const service of READ) wrong.push(...(await withoutReading(bench, service)));
  return { name: "the doctor says what it may not read, and takes it for neither broken nor healthy", ok: wrong.length === 0, detail: wrong.slice(0, 5).join("; ") || READ.join(", ") };
}

/** The command itself, over everything, as a person would run it beside this lab. */
async function command(): Promise<{ readonly code: number; readonly output: string }> {
  const { code, stdout, stderr } = await runCommand("doctor", ["--lab", "--json"], ownEnvironment());
  return { code, output: stdout || stderr };
}

async function healthy(): Promise<CheckRow & { readonly causes: number }> {
  const { code, output } = await command();
  const name = "npm run doctor -- --lab finds nothing in a healthy organization";
  if (code !== 0 && code !== 1 && code !== 3) return { name, ok: false, detail: output.slice(0, 500), causes: 0 };
  const { causes, unread: missed, read, accounts } = JSON.parse(output) as Diagnosis;
  const readings = Object.values(read).reduce((sum, count) => sum + count, 0);
  const wrong = [...causes.map(({ cause, what, found }) => `${cause} ${what}: ${found}`), ...missed.map(({ action, account, why }) => `unread ${action} in ${account}: ${why}`)];
  return { name, ok: code === 0, detail: wrong.join("; ") || `${readings} readings in ${accounts.length} accounts`, causes: causes.length };
}

/** What the proxy saw of the reader. */
function onlyRead({ proxy }: Lab): CheckRow {
  const calls = proxy.calls.filter(({ principal }) => principal.kind === "role" && principal.arn.endsWith(`:role/${READER}`));
  const changing = calls.filter(({ operation, authorisations }) => !isReadOnly(authorisations[0]?.action ?? operation)).map(({ operation }) => operation);
  return { name: "the doctor only reads", ok: calls.length > 0 && changing.length === 0, detail: changing.length > 0 ? [...new Set(changing)].join(", ") : `${calls.length} calls, ${new Set(calls.map(({ operation }) => operation)).size} operations` };
}

/** Plants every breakage, one at a time. */
export async function plantBreakages(lab: Lab): Promise<readonly BreakageRow[]> {
  const bench = makeBench(lab);
  await lab.runtime.idle();
  await writeLambdaLogs(bench);
  const rows: BreakageRow[] = [];
  for (const breakage of breakages) {
    rows.push(await tryOne(bench, breakage));
    if (breakage === neverArrived) await writeLambdaLogs(bench);
  }
  return rows;
}

/** What the breakages showed, and what the doctor says where nothing is broken: nothing, but of what it may not read. */
export async function judgeTheDoctor(lab: Lab, rows: readonly BreakageRow[]): Promise<readonly CheckRow[]> {
  const refusedToRead = await unread(makeBench(lab));
  const whole = await healthy();
  const sum = (of: (row: BreakageRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [right, wrong] = [sum((row) => row.right), sum((row) => row.wrong) + whole.causes];
  const [precision, recall] = [right / Math.max(1, right + wrong), right / Math.max(1, rows.length)];
  const missed = rows.filter((row) => row.right !== 1 || row.wrong > 0 || row.unread.length > 0).map(({ name, wanted, found, unread: not }) => `${name}: ${wanted} wanted, found ${[...found, ...not].join(" | ") || "nothing"}`);
  const planted: CheckRow = {
    name: "the doctor names each planted breakage, and nothing else",
    ok: precision === 1 && recall === 1 && missed.length === 0,
    detail: `${rows.length} planted, precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}${missed.length > 0 ? `; ${missed.join("; ")}` : ""}`,
  };
  return [planted, refusedToRead, { name: whole.name, ok: whole.ok, detail: whole.detail }, onlyRead(lab)];
}
