/** Why a removal that breaks no obligation is no weakening. */
import { workingRoles } from "../../infra/documents/working-roles";
import { NOTHING_ELSE } from "../meaning";
import { isControlPolicy } from "../subjects/subject";
import { everyoneBut } from "../universe";
import { askedOf } from "./asked";
import type { Deployed } from "./documents";
import { handedOver } from "./handed-over";
import type { Judged } from "./judged";
import type { Removal } from "./removals";

/** What no rule can tell, argued by hand. */
const argued: readonly { readonly document: RegExp; readonly what: string; readonly why: string }[] = [
  {
    document: /^log-(replica|backup)-/,
    what: "condition BoolIfExists aws:PrincipalIsAWSService of OurOrganizationOnly",
    why: "it only refuses more: no AWS service writes into copies, Amazon S3 replicates as a role of ours, so nothing needs to be spared there; the stores, where services write, have the same statement",
  },
  {
    document: /^log-storage-(places|pii)-/,
    what: "condition BoolIfExists aws:PrincipalIsAWSService of OurOrganizationOnly",
    why: "it only refuses more: no AWS service writes to a place in this bucket; where one does, it is missed",
  },
];

/** One clause; undefined where a removal is a weakening that nothing notices. */
export async function reasonFor({ deployed, removal, by }: Judged): Promise<string | undefined> {
  const { subject, name } = deployed;
  if (by !== undefined) return undefined;
  const { statement, statementThen, what } = removal;
  const hand = argued.find((one) => one.document.test(name) && one.what === what)?.why;
  if (hand !== undefined) return hand;
  if (!isControlPolicy(subject)) {
    // That nothing but what is meant is allowed was proven of the whole, that all of it is of what is left: they say the same.
    if (statement.Effect !== "Allow") return undefined;
    if (statementThen === "shrinks") return "another statement grants the same: all that is meant is still proven allowed";
    const bounded = (await askedOf(deployed)).some(({ question }) => question.goals.some(({ id }) => id === NOTHING_ELSE));
    return bounded ? "another statement refuses what it would add: nothing but what is meant is still proven allowed" : undefined;
  }
  return (await isDeniedAnyway(deployed, removal)) ? "another statement denies it anyway to everybody but roles of ours: proven; and they are proven to keep what they need" : undefined;
}

async function isDeniedAnyway(deployed: Deployed, removal: Removal): Promise<boolean> {
  const { configuration } = deployed;
  const layers = [...new Set((await askedOf(deployed)).map(({ question }) => question.layers))];
  const others = everyoneBut(workingRoles(configuration).map(({ arn }) => arn), configuration.accounts.management);
  const handed = await Promise.all(layers.map((one) => handedOver(removal, one, others)));
  return handed.length > 0 && handed.every(Boolean);
}
