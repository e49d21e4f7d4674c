import { readFileSync } from "node:fs";
import { SecretsManagerClient, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { EC2Client, CreateVpcCommand, DescribeFlowLogsCommand, DeleteFlowLogsCommand } from "@aws-sdk/client-ec2";
import { namesFor } from "../../infra/names";
import { synthesize } from "../../infra/program/synthesize";
import type { Tier, Phase } from "../../infra/config/configuration";
import { ciSubject } from "../../infra/documents/trust-policies";
import { startMoto } from "../moto/start";
import { buildOrganization, callersAt, configurationFor, repository } from "../organization";
import { startProxy, type Call, type CloudTrailEvent } from "../proxy";
import { startRuntime, startWebhook, type Runtime } from "../runtime";
import { makeDeployer, makeInventory, playCloudFormation } from ".";

const started = Date.now();
const say = (text: string) => console.log(`${((Date.now() - started) / 1000).toFixed(1)} ${text}`);

async function main() {
  const moto = await startMoto();
  let runtime: Runtime | undefined;
  const proxy = await startProxy({
    motoUrl: moto.url,
    onEvent: (event: CloudTrailEvent) => runtime?.onEvent(event),
    onCall: (call: Call) => {
      runtime?.onCall(call);
      if (call.decision === "denied") {
        const r = call.authorisations.find(({ decision }) => decision === "denied");
        say(`DENIED ${call.label} ${call.principal.arn} ${call.operation} ${r?.action} ${r?.resource} by ${r?.deniedBy}`);
        if (process.env.WHY) say(JSON.stringify(r));
      } else if (call.error) say(`ERROR ${call.label} ${call.operation} ${call.status} ${call.error}`);
    },
  });
  try {
    const callers = callersAt(proxy.url);
    const organization = await buildOrganization({ proxy, callers, motoUrl: moto.url, members: Number(process.env.MEMBERS ?? 2), seed: 7 });
    say(`organization ${organization.id}, ${proxy.calls.length} calls`);
    const regions = ["us-east-1", "eu-central-1"];
    const all = [organization.management, organization.logArchive, organization.delegated, ...organization.members];
    const hooks = await Promise.all(["chat", "slack", "teams"].map((name, index) => startWebhook(name, index === 0 ? 2 : 0)));
    runtime = startRuntime({ proxy, motoUrl: moto.url, out: "lab/out/try", accounts: all.map(({ id }) => id), regions, ports: hooks.map(({ port }) => port) });
    const inventory = makeInventory();
    const names = namesFor({ prefix: "fall", homeRegion: "us-east-1", accounts: { management: organization.management.id, logArchive: organization.logArchive.id, delegated: organization.delegated.id } });
    const cloudFormation = playCloudFormation({ proxy, callers, prefix: "fall", inventory, management: organization.management.id, organizations: callers(organization.people.root(organization.management.id)), serviceLinkedRole: organization.serviceLinkedRole });
    const deployer = makeDeployer({ proxy, callers, names, inventory });
    const deployRole = { management: names.roleArn("deploy-management", organization.management.id), "log-archive": names.roleArn("deploy-log-archive", organization.logArchive.id), delegated: names.roleArn("deploy-delegated", organization.delegated.id) };
    const step = async (tier: Tier, phase: Phase, rollout: "canary" | "organization" = "canary") => {
      const configuration = configurationFor(tier, organization, { regions, phase, rollout, lock: rollout, webhooks: [{ name: "chat", kind: "google-chat" }, { name: "slack", kind: "slack" }, { name: "teams", kind: "teams" }] });
      const graph = await synthesize(tier, { configuration, phase });
      say(`${tier} ${phase}: ${graph.length} resources synthesized`);
      const as = inventory.has(deployRole[tier]) ? await organization.people.ci(deployRole[tier], ciSubject(repository, tier)) : organization.management.admin;
      const done = await deployer.deploy(tier, graph, { as });
      say(`${tier} ${phase}: ${JSON.stringify(done)} calls ${proxy.calls.length}`);
    };
    await step("management", "prepare");
    await step("log-archive", "prepare");
    await step("delegated", "prepare");
    for (const [index, name] of ["chat", "slack", "teams"].entries()) await callers(organization.delegated.root).client(SecretsManagerClient).send(new PutSecretValueCommand({ SecretId: names.webhookSecret(name), SecretString: hooks[index]!.url }));
    await runtime.idle();
    const [member] = organization.members;
    const ec2 = callers(member!.developer, "eu-central-1").client(EC2Client);
    const before = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    await step("delegated", "force");
    await step("delegated", "force", "organization");
    for (const { instances, name } of cloudFormation.stackSets.values()) for (const one of instances.values()) if (one.status !== "CURRENT") say(`${name} ${JSON.stringify(one)}`);
    await step("management", "force", "organization");
    await runtime.idle();
    say(`sweep told ${await runtime.sweep({ regions: ["eu-central-1"], accounts: [member!.id] })}`);
    await runtime.idle();
    say(`idle after sweep`);
    const after = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }));
    await runtime.idle();
    const logs = await ec2.send(new DescribeFlowLogsCommand({}));
    say(JSON.stringify(logs.FlowLogs?.map(({ ResourceId, LogDestination, FlowLogId }) => [ResourceId, LogDestination, FlowLogId])));
    say(`${before.Vpc?.VpcId} ${after.Vpc?.VpcId}`);
    await step("management", "lock", "organization");
    await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [logs.FlowLogs![0]!.FlowLogId!] })).catch((error: Error) => say(`delete flow log: ${error.message}`));
    await runtime.idle();
    for (const record of runtime.records) say(`${record.function} ${record.region} ${record.cause} ${record.outcome} ${record.attempts} ${record.end - record.triggered}ms ${record.error ?? ""}`.slice(0, 300));
    for (const u of runtime.undelivered) say(`UNDELIVERED ${u.delivery.rule} ${u.why}`);
    for (const hook of hooks) say(`${hook.name} received ${hook.received.length} refused ${hook.refused}`);
    say(`lines ${runtime.logs.length}, unstructured ${runtime.logs.filter((l) => !l.structured).map((l) => l.line).slice(0, 5).join("|")}`);
    say(`processes ${runtime.started}, calls ${proxy.calls.length}`);
    const by: Record<string, [number, number, number]> = {};
    for (const call of proxy.calls) {
      const e = (by[call.operation] ??= [0, 0, 0]);
      e[0] += 1; e[1] += call.duration; e[2] += call.own;
    }
    for (const [op, [n, d, o]] of Object.entries(by).sort((a, b) => b[1][1] - a[1][1]).slice(0, 25)) console.log(op, n, d.toFixed(0), o.toFixed(0));
    for (const hook of hooks) await hook.stop();
  } finally {
    await runtime?.stop();
    await proxy.stop();
    await moto.stop();
  }
}
main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
void readFileSync;
