/** Backing out, in the README's order, each step tested. */
import { DeleteFlowLogsCommand, DescribeFlowLogsCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { CheckRow } from "../report/report";
import { another, deploy } from "./go-live";
import type { Live } from "./go-live";
import type { Standing } from "./resources";
import type { Lab } from "./start";

export async function backOut(lab: Lab, { graphs }: Live, standing: readonly Standing[]): Promise<CheckRow[]> {
  const { world } = lab;
  const rows: CheckRow[] = [];
  const quiet = () => undefined;
  const attempt = async (name: string, work: () => Promise<string>) => {
    try {
      rows.push({ name, ok: true, detail: await work() });
    } catch (error) {
      rows.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error) });
    }
  };
  const member = world.members[0] ?? "";
  const region = world.names.homeRegion;

  await attempt("back out: the lock comes off first, and logging is still forced", async () => {
    await deploy(lab, graphs["management, force"], lab.deploys.management.person, quiet, true);
    const vpc = standing.find((each) => each.source.name === "vpc" && each.account === member && each.region === region);
    if (!vpc) throw new Error("the lab made no VPC");
    const ec2 = world.caller("administrator", member, region).client(EC2Client);
    const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpc.made.id] }] }));
    const ours = FlowLogs.filter(({ Tags = [] }) => Tags.some(({ Key }) => Key === world.names.tagKey)).map(({ FlowLogId }) => FlowLogId ?? "");
    await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: ours }));
    await world.idle();
    const missing = await vpc.exercise.unlogged(world.caller("administrator", member, region), vpc.made, world.ground("vpc"));
    if (missing.length > 0) throw new Error(`a flow log that may be deleted again was not repaired: ${missing.join("; ")}`);
    return "an administrator may delete a flow log again, and the enforcer repairs it";
  });
  await attempt("back out: delegated, force, before its appointment as administrator ends", async () => {
    await deploy(lab, graphs["delegated, force everywhere"], lab.organization.delegated.admin, quiet, true);
    return "Security Hub takes no more members in";
  });
  await attempt("back out: management, prepare", async () => {
    // A deploy role makes and changes; what takes away is an administrator, once the lock is off.
    await deploy(lab, graphs["management, prepare"], lab.organization.management.admin, quiet, true);
    return "trail and own enforcers are gone";
  });
  await attempt("back out: delegated, prepare takes the enforcers away, and what was forced stays on", async () => {
    await deploy(lab, graphs["delegated, prepare"], lab.organization.delegated.admin, quiet, true);
    const later = await another(lab, "after");
    await world.idle();
    const looked = (each: Standing) => each.exercise.unlogged(world.caller("administrator", each.account, each.region), each.made, world.ground(each.source.name));
    for (const each of later) if ((await looked(each)).length === 0) throw new Error(`${each.source.name} ${each.made.id} is still forced`);
    for (const each of standing) {
      const missing = await looked(each);
      if (missing.length > 0) throw new Error(`${each.source.name} ${each.made.id} no longer logs: ${missing.join("; ")}`);
    }
    return `${standing.length} resources go on logging, ${later.length} new ones are let be`;
  });
  await attempt("back out: the archive does not let itself be destroyed by a deployment", async () => {
    const refused = await lab.deployer.deploy("log-archive", [], { as: lab.deploys["log-archive"].person }).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (refused === undefined || !refused.includes("protected")) throw new Error(refused ?? "it was destroyed");
    return "log storage, keys and policies are protected";
  });
  return rows;
}
