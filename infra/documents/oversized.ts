/** Readers who are given more than fits into a role's documents, by the entry of the configuration: found before anything is made. */
import type { Configuration } from "../config/configuration";
import type { People } from "../config/people";
import { namesFor } from "../names";
import { BeyondQuota, quotas } from "./quotas";
import { readerRoles } from "./reader-roles";
import { siemPattern } from "./siem-notices";
import { breakGlassTrust } from "./trust-policies";

/** The path of an entry, and the rest of the line to a person. */
interface Oversized {
  readonly path: readonly PropertyKey[];
  readonly line: string;
}

const nobody: People = { administrators: [], auditors: [], temporary: [], siem: [] };

function beyond(path: readonly PropertyKey[], make: () => unknown): readonly Oversized[] {
  try {
    make();
    return [];
  } catch (error) {
    if (!(error instanceof BeyondQuota)) throw error;
    return [{ path, line: `is too much for one role (${error.message}): fewer principals, accounts or prefixes are allowed` }];
  }
}

/** Notices of new logs are picked by one pattern a SIEM, in every Region alike but for the Region's name. */
function pattern(config: Configuration, siem: People["siem"][number]): void {
  if (!siem.queue) return;
  for (const region of config.regions) {
    const { length } = JSON.stringify(siemPattern(config, region, siem));
    if (length > quotas["event pattern"]) throw new BeyondQuota("event pattern", `the event pattern of ${namesFor(config).siemRule(siem.name)} in ${region}`, length);
  }
}

export function oversized(config: Configuration): readonly Oversized[] {
  const { administrators, analysts, auditors, temporary, siem } = config.people;
  const alone = (people: Partial<People>) => readerRoles({ ...config, people: { ...nobody, ...people } });
  const at = (...path: readonly PropertyKey[]) => ["people", ...path];
  return [
    ...(administrators.length > 0 ? beyond(at("administrators"), () => breakGlassTrust(config, "log-archive")) : []),
    ...(analysts ? beyond(at("analysts"), () => alone({ analysts })) : []),
    ...auditors.flatMap((one, index) => beyond(at("auditors", index), () => alone({ auditors: [one] }))),
    ...temporary.flatMap((one, index) => beyond(at("temporary", index), () => alone({ temporary: [one] }))),
    ...siem.flatMap((one, index) => beyond(at("siem", index), () => [alone({ siem: [one] }), pattern(config, one)])),
  ];
}
