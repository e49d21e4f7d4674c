/** In which accounts and Regions a document stands: one for a Pulumi resource, several that stand for all for a template's. */
import type { Configuration } from "../infra/config/configuration";
import { accountOf } from "../infra/documents/trust-policies";
import type { Place } from "./meaning";
import type { Subject } from "./subjects/subject";

/**
 * A member that the configuration says nothing of. Documents tell accounts apart by the ids that they hold, so what holds for
 * this one holds for every other whose id is in none.
 */
function someMember(config: Configuration): string {
  const said = JSON.stringify(config);
  return ["444444444444", "555555555555", "666666666666", "777777777777", "888888888888"].find((id) => !said.includes(id)) ?? "000000000001";
}

const inTemplate = ({ resource }: Subject): boolean => resource.template !== undefined || resource.type.startsWith("AWS::");

export function placesOf(config: Configuration, subject: Subject): readonly Place[] {
  const { region, regionName } = subject.resource.props;
  const home = config.homeRegion;
  if (!inTemplate(subject)) return [{ account: subject.resource.account ?? accountOf(config, config.tier), region: String(region ?? regionName ?? home) }];
  const text = "document" in subject && subject.document.known ? JSON.stringify(subject.document.json) : "";
  const accounts = [someMember(config), ...Object.values(config.accounts).filter((id) => id !== undefined && text.includes(id))];
  const regions = text.includes("${AWS::Region}") ? [home, ...config.regions.filter((one) => one !== home).slice(0, 1)] : [home];
  return accounts.flatMap((account) => regions.map((one) => ({ account, region: one })));
}
