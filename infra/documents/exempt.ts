/**
 * The principals that a statement of the lock may exempt: roles with fixed names, written so that the ARN-wise and the
 * plain reading of the pattern are the same set (`?` for the account's digits, no `*`).
 *
 * Nobody else can create, change or run code as them (`closure.ts`), so an account left open is not a gap. Roles that
 * exist in one account only name it.
 */
import { sources } from "../../functions/sources";
import type { Condition } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { onceFor } from "../config/once-for";
import { namesFor } from "../names";
import { readerArns } from "./reader-roles";

export type Exempt = ReturnType<typeof exemptPrincipals>;

export const exemptPrincipals = onceFor((config: Configuration) => {
  const { roleArn, roleName, stackSetsExecutionRoleArn, accounts } = namesFor(config);
  const enforcer = (source: string) => roleArn(roleName.enforcer(source));
  return {
    enforcer,
    enforcers: sources.map(({ name }) => enforcer(name)),
    forwarder: roleArn(roleName.forwarder),
    redrive: roleArn(roleName.redrive),
    notifier: roleArn(roleName.notifier, accounts.delegated),
    watcher: roleArn(roleName.watcher, accounts.delegated),
    deployLogArchive: roleArn(roleName.deployLogArchive, accounts.logArchive),
    /** An account that there is not is nobody's. */
    deployBackup: roleArn(roleName.deployBackup, accounts.backup ?? accounts.logArchive),
    /** Copies from the stores, and does nothing else. */
    replication: roleArn(roleName.replication, accounts.logArchive),
    deployDelegated: roleArn(roleName.deployDelegated, accounts.delegated),
    /** Of every account but the archive's, where `administrator` is. */
    breakGlass: roleArn(roleName.breakGlass),
    administrator: roleArn(roleName.administrator, accounts.logArchive),
    /** Break-glass of every account, whatever it is called there. */
    lastResort: [roleArn(roleName.breakGlass), roleArn(roleName.administrator, accounts.logArchive)],
    /** Who may read logs in the archive, and does nothing else. */
    readers: readerArns(config),
    /** An administrator of every member: exempt only for what our stacks contain. */
    stackSets: stackSetsExecutionRoleArn(),
  };
});

/** A statement's condition: it applies to everyone but these, the root user of a member included. */
export const unless = (principals: readonly string[]): Condition => ({ ArnNotLike: { "aws:PrincipalArn": principals } });
