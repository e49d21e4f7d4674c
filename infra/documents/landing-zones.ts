/**
 * Landing zones that manage an organization's recorders themselves, and the roles by which they do: the exceptions that
 * a configuration may make, by their word.
 *
 * A reviewed table and no list of ARNs in the configuration: whoever is excepted can switch off what is locked, so it has to
 * be a role of a fixed name that its landing zone keeps from everybody else. AWS Control Tower does, by its own mandatory
 * controls. https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html
 */
import { ANY_ACCOUNT } from "../names";

export const landingZones: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
  "control-tower": ["AWSControlTowerExecution"],
};

/** The roles of these landing zones, in any account. */
export const exceptedRoles = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => landingZones[word] ?? []).map((name) => `arn:aws:iam::${ANY_ACCOUNT}:role/${name}`);
