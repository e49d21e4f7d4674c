/**
 * What records calls and configurations today: trails and AWS Config recorders that the management account can see.
 * Members' own are not read: that would take a role in each of them.
 */
import { DescribeTrailsCommand, type CloudTrailClient, type Trail } from "@aws-sdk/client-cloudtrail";
import { type ConfigServiceClient, DescribeConfigurationRecordersCommand } from "@aws-sdk/client-config-service";
import type { ServiceUse } from "../../infra/config/services";
import { missing, ok, reading, type Finding } from "./finding";

const TRAILS = "trails";
const RECORDERS = "Config recorders";

/**
 * The trails there are. None is no fault: the stack makes the organization's own in phase `force`; another one beside it
 * records the management events a second time, which AWS bills. https://aws.amazon.com/cloudtrail/pricing/
 */
export function trailFinding(trails: readonly Trail[], ours: string): Finding {
  const others = trails.filter(({ Name }) => Name !== ours);
  const there = trails.length > others.length ? `${ours} is there` : `${ours} is made in phase force`;
  if (others.length === 0) return ok(TRAILS, `${there}; no other`);
  const named = others.map(({ Name, HomeRegion, IsOrganizationTrail }) => `${Name} (${HomeRegion}${IsOrganizationTrail === true ? ", organization" : ""})`);
  return ok(TRAILS, `${there}; beside it ${[...new Set(named)].join(", ")}: a second copy of management events is billed`);
}

/**
 * A recorder that is there can't be made a second time, and one that should be there is not made.
 *
 * @param recorders the number of recorders by Region, but for ours
 * @param use as the configuration has it
 */
export function recorderFinding(recorders: Readonly<Record<string, number>>, use: ServiceUse = "off"): Finding {
  const having = Object.keys(recorders).filter((region) => (recorders[region] ?? 0) > 0);
  const without = Object.keys(recorders).filter((region) => !having.includes(region));
  if (use === "create" && having.length > 0)
    return missing(RECORDERS, `the management account has one in ${having.join(", ")}, and a Region takes one`, "pulumi config set --path fall:services.config.use existing");
  if (use === "existing" && without.length > 0)
    return missing(RECORDERS, `the management account has none in ${without.join(", ")}`, "pulumi config set --path fall:services.config.use create");
  if (use !== "off") return ok(RECORDERS, use === "create" ? "none but ours in the management account; members are not read" : `in the management account in ${having.join(", ")}; adopted`);
  return ok(RECORDERS, having.length === 0 ? "none in the management account; none is needed" : `in the management account in ${having.join(", ")}; left as they are`);
}

/** @param clients by Region; both services answer for their own Region alone */
export async function checkRecording(
  clients: Readonly<Record<string, { readonly cloudTrail: Pick<CloudTrailClient, "send">; readonly configService: Pick<ConfigServiceClient, "send"> }>>,
  ours: string,
  { use, recorder }: { readonly use: ServiceUse; readonly recorder: string } = { use: "off", recorder: "" },
): Promise<readonly Finding[]> {
  const trails = await reading(TRAILS, "cloudtrail:DescribeTrails", async () => {
    const found: Trail[] = [];
    for (const { cloudTrail } of Object.values(clients)) {
      const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
      found.push(...trailList.filter(({ TrailARN }) => !found.some((trail) => trail.TrailARN === TrailARN)));
    }
    return [trailFinding(found, ours)];
  });
  const recorders = await reading(RECORDERS, "config:DescribeConfigurationRecorders", async () => {
    const found: Record<string, number> = {};
    for (const [region, { configService }] of Object.entries(clients)) {
      const { ConfigurationRecorders = [] } = await configService.send(new DescribeConfigurationRecordersCommand({}));
      found[region] = ConfigurationRecorders.filter(({ name }) => use !== "create" || name !== recorder).length;
    }
    return [recorderFinding(found, use)];
  });
  return [...trails, ...recorders];
}
