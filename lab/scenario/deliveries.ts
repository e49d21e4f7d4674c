/** AWS services writing the logs themselves: each under its own layout is admitted, and refused for an outsider. */
import { sources } from "../../functions/sources";
import type { LogKind } from "../../functions/sources";
import type { Authorisation } from "../proxy";
import type { AttackRow, CheckRow } from "../report/report";
import type { World } from "./world";

/** A concrete text of a pattern: the account filled in, wildcards made into something. */
const concrete = (pattern: string, account: string, region: string) =>
  pattern.replaceAll("{account}", account).replaceAll("????????????", account).replace(/(?<=^arn:aws:[^:]*:)\*/, region).replaceAll("*", "x");

interface Write {
  readonly kind: LogKind;
  readonly region: string;
  readonly account: string;
  readonly organization: "ours" | "another";
  /** Somebody else than the kind's own writer. */
  readonly writer?: string;
  /** What the upload says of its encryption; left out, the bucket's own setting counts. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the layers whether the service may write one object, and use the key for it. */
async function write(world: World, { kind, region, account, organization, writer, headers = {} }: Write): Promise<Authorisation[]> {
  const bucket = world.names.logBucketArn(kind.store, region, kind.naming);
  const request = {
    service: writer ?? kind.writer,
    region,
    sourceAccount: account,
    sourceArn: concrete(kind.sourceArn, account, region),
    context: {
      "s3:x-amz-acl": "bucket-owner-full-control",
      ...headers,
      ...(organization === "another" ? { "aws:SourceOrgID": "o-outsider000" } : {}),
    },
  };
  const object = `${bucket}/${concrete(kind.keys, account, region)}`;
  return [await world.proxy.authorise({ ...request, action: "s3:PutObject", resource: object })];
}

/** Every kind of log in every Region, written for a member: all must be admitted. */
export async function deliver(world: World): Promise<CheckRow[]> {
  const rows: CheckRow[] = [];
  for (const source of sources)
    for (const kind of source.kinds(world.via(source.name)))
      for (const region of source.scope === "global" ? [world.names.homeRegion] : world.regions) {
        const answers = await write(world, { kind, region, account: world.members[0] ?? "", organization: "ours" });
        const refused = answers.find((answer) => answer.decision === "denied");
        const by = refused?.deniedBy ? `refused by ${refused.deniedBy}` : "admitted";
        rows.push({ name: `${kind.writer} writes ${kind.kind} in ${region}`, ok: !refused, detail: by });
      }
  return rows;
}

/** The same writes on behalf of an account outside the organization: the resource control policy alone must refuse. */
export async function forge(world: World): Promise<{ rows: AttackRow[]; refusals: Authorisation[] }> {
  const rows: AttackRow[] = [];
  const refusals: Authorisation[] = [];
  const region = world.names.homeRegion;
  for (const source of sources)
    for (const kind of source.kinds(world.via(source.name)))
      for (const layer of ["rcp", "resource"] as const) {
        const answers = await write(world, { kind, region, account: "999999999999", organization: "another" });
        const refused = answers.filter((answer) =>
          layer === "rcp" ? answer.layers.rcp.verdict === "explicit-deny" : answer.layers.resource.verdict !== "allowed",
        );
        if (layer === "rcp") refusals.push(...refused);
        const by = refused.flatMap((answer) => answer.layers[layer].by.map(({ policy, sid }) => `${policy}/${sid}`));
        rows.push({
          name: `write ${kind.kind} for an account outside the organization`,
          by: kind.writer,
          on: "log-archive",
          layer,
          result: refused.length > 0 ? "denied" : "SLIPPED",
          detail: [...new Set(by)].join(", ") || (refused.length > 0 ? "no statement admits it" : "admitted"),
        });
      }
  return { rows, refusals };
}

/** The same writes by another service, by the service unencrypted as the class demands, and with somebody else's key: the bucket alone must refuse. */
export async function impersonate(world: World): Promise<AttackRow[]> {
  const rows: AttackRow[] = [];
  const region = world.names.homeRegion;
  const [account = ""] = world.members;
  const header = "s3:x-amz-server-side-encryption";
  for (const source of sources)
    for (const kind of source.kinds(world.via(source.name))) {
      const wrong = kind.store === "kms" ? "AES256" : "aws:kms";
      const tried: readonly (readonly [what: string, Partial<Write>])[] = [
        ["by a service that does not write it", { writer: "events.amazonaws.com" }],
        ["encrypted as its class is not", { headers: { [header]: wrong } }],
        ...(kind.store === "kms"
          ? ([["encrypted with a key of another account", { headers: { [header]: "aws:kms", [`${header}-aws-kms-key-id`]: `arn:aws:kms:${region}:${account}:key/own` } }]] as const)
          : []),
        ["encrypted with a key that is sent along", { headers: { [`${header}-customer-algorithm`]: "AES256" } }],
      ];
      for (const [what, how] of tried) {
        const answers = await write(world, { kind, region, account, organization: "ours", ...how });
        const refused = answers.filter((answer) => answer.layers.resource.verdict !== "allowed");
        const by = refused.flatMap((answer) => (answer.layers.resource.verdict === "explicit-deny" ? answer.layers.resource.by.map(({ sid }) => sid) : []));
        rows.push({
          name: `write ${kind.kind} ${what}`,
          by: how.writer ?? kind.writer,
          on: "log-archive",
          layer: "resource",
          result: refused.length > 0 ? "denied" : "SLIPPED",
          detail: [...new Set(by)].join(", ") || (refused.length > 0 ? "no statement admits it" : "admitted"),
        });
      }
    }
  return rows;
}
