/** What an enforcer is told by its environment variables, and the variables that its template gives it. */
import type { Names } from "../../infra/names";
import { type Environment, namesEnvironment, namesIn, required } from "../environment";
import type { Via } from "../sources/log-source";
import type { Settings } from "./adapter";

/** An enforcer's environment variables; AWS_REGION is Lambda's own. */
export function enforcerEnvironment(names: Names, via: Via): Record<string, string> {
  return { ...namesEnvironment(names), FALL_VIA: via };
}

/**
 * Where this enforcer runs, and what it was configured to do.
 *
 * @param functionArn the invoked function's own ARN: nothing else tells a function its account
 * @throws Error naming the variable that is missing or wrong
 */
export function settingsFrom(environment: Environment, functionArn: string): Settings {
  const names = namesIn(environment);
  const via = required(environment, "FALL_VIA");
  if (via !== "delivery" && via !== "switch") {
    throw new Error(`the environment variable FALL_VIA is ${JSON.stringify(via)}: delivery or switch is allowed`);
  }
  const account = functionArn.split(":")[4] ?? "";
  if (account === "") throw new Error(`the function's ARN ${JSON.stringify(functionArn)} names no account`);
  return { names, account, region: required(environment, "AWS_REGION"), via, busArn: names.busArn };
}
