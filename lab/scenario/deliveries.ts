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
}

/** Asks the layers whether the service may write one object, and use the key for it. */
async function write(world: World, { kind, region, account, organization }: Write): Promise<Authorisation[]> {
  const bucket = world.names.logBucketArn(kind.store, region, kind.naming);
  const request = {
    service: kind.writer,
    region,
    sourceAccount: account,
    sourceArn: concrete(kind.sourceArn, account, region),
    context: {
      "s3:x-amz-acl": "bucket-owner-full-control",
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
