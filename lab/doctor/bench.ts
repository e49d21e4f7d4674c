/** What breakages are planted with: callers that reach the emulator around the proxy, so that neither the lock refuses them nor an enforcer hears. */
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { Configuration } from "../../infra/config/configuration";
import { configurationFor } from "../organization";
import { callersAt, READER, type Account, type Caller } from "../organization";
import type { Call } from "../proxy";
import type { Lab } from "../scenario/start";

export interface Asked {
  readonly source?: string;
  readonly account?: string;
  readonly region?: string;
  readonly resource?: string;
}

export interface Bench {
  readonly lab: Lab;
  readonly config: Configuration;
  /** An administrator of an account, whose calls nobody judges. */
  direct(account: string, region?: string): Caller;
  /** The first member, and the home Region: where most breakages are planted. */
  readonly member: string;
  readonly home: string;
}

export type Undo = () => Promise<unknown>;

/** Something that keeps a log away, planted alone. */
export interface Breakage {
  readonly name: string;
  /** What somebody who misses the log would ask about: the doctor looks there alone. */
  readonly asked: (bench: Bench) => Asked;
  /** Breaks it, and gives back what mends it. */
  readonly plant: (bench: Bench) => Promise<Undo>;
  /** What the doctor must name, and nothing else. */
  readonly named: (bench: Bench) => { readonly cause: string; readonly what: string | RegExp };
}

/** The configuration as it stands when everything is live. */
export const liveConfiguration = ({ organization, common }: Lab): Configuration => configurationFor("delegated", organization, { ...common, phase: "lock", rollout: "organization", lock: "organization" });

export function makeBench(lab: Lab): Bench {
  const { management, logArchive, delegated, backup, members } = lab.organization;
  const accounts = new Map([management, logArchive, delegated, backup, ...members].map((account) => [account.id, account]));
  const callers = callersAt({ url: lab.motoUrl }, 3);
  return {
    lab,
    config: liveConfiguration(lab),
    direct: (account, region = lab.world.names.homeRegion) => callers(accounts.get(account)!.admin, region),
    member: lab.world.members[0]!,
    home: lab.world.names.homeRegion,
  };
}

/**
 * Changes an answer on its way, for a state that the emulator can't be brought into.
 *
 * @param operation `cloudtrail:GetTrailStatus`
 * @param otherwise the status of an answer that was changed, where it is another
 */
export function answering({ lab }: Bench, operation: string, change: (body: string, call: Call) => string, otherwise?: number): Undo {
  const { handlers } = lab.proxy;
  const before = handlers[operation];
  handlers[operation] = async (allowed) => {
    const { status, headers = {}, body } = await (before ? before(allowed) : allowed.forward());
    const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "text/xml";
    const changed = change(body.toString(), allowed.call);
    return { status: changed === body.toString() ? status : (otherwise ?? status), headers: { "content-type": type }, body: changed };
  };
  return () => {
    if (before) handlers[operation] = before;
    else delete handlers[operation];
    return Promise.resolve();
  };
}

/** Flow logs say that their delivery failed, as AWS would make them; the emulator delivers nothing. @param id of one flow log; all if left out */
export const failing = (bench: Bench, id = "[^<]+"): Undo =>
  answering(bench, "ec2:DescribeFlowLogs", (body) =>
    body.replace(new RegExp(`<deliverLogsStatus>SUCCESS</deliverLogsStatus>(?=(?:(?!<deliverLogsStatus>)[^])*?<flowLogId>${id}</flowLogId>)`, "g"), "<deliverLogsErrorMessage>Access error</deliverLogsErrorMessage><deliverLogsStatus>FAILED</deliverLogsStatus>"),
  );

/**
 * The doctor's reader may not do this in these accounts: by calls through the proxy, whose judgement has to know of it.
 *
 * @param action `kms:*`
 */
export async function withoutRight({ lab }: Bench, accounts: readonly Account[], action: string): Promise<Undo> {
  const iams = accounts.map(({ root }) => lab.callers(root).client(IAMClient));
  const of = { RoleName: READER, PolicyName: "reads-less" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "NotThis", Effect: "Deny", Action: action, Resource: "*" }] });
  for (const iam of iams) await iam.send(new PutRolePolicyCommand({ ...of, PolicyDocument }));
  return async () => {
    for (const iam of iams) await iam.send(new DeleteRolePolicyCommand(of));
  };
}

export const atMember = (source: string) => ({ member, home }: Bench): Asked => ({ source, account: member, region: home });
