/**
 * Every role of ours that works in a member account, with what it may do: what the lock must leave it, and nobody else.
 *
 * The same documents that are deployed, read back as permissions; roles of the management account are none of them, since
 * no control policy binds it.
 */
import type { Condition, Permission } from "../../functions/sources/log-source";
import { notifierPermissions } from "../../functions/notifier/permissions";
import { watcherPermissions } from "../../functions/watcher/permissions";
import type { Configuration } from "../config/configuration";
import { onceFor } from "../config/once-for";
import { ANY_ACCOUNT, namesFor } from "../names";
import { breakGlassPermissions, deployPermissions } from "./deploy-permissions";
import { backupDeployPermissions } from "./deploy-storage";
import { memberRoles } from "./global-template";
import type { PolicyDocument } from "./policy";
import { readerRoles } from "./reader-roles";
import { replicationPermissions } from "./replication-role";
import { ACCOUNT, REGION } from "./template";

export interface WorkingRole {
  /** ARN; `?` for the digits of any account. */
  readonly arn: string;
  readonly permissions: readonly Permission[];
}

/** What the watcher can't do even in its retries is kept with the notifications that found no way. */
export function watcherRolePermissions(config: Configuration): readonly Permission[] {
  const names = namesFor(config);
  const deadLetters = `arn:aws:sqs:${config.homeRegion}:${config.accounts.delegated}:${names.notificationDeadLetterQueue}`;
  return [...watcherPermissions(names), { actions: ["sqs:SendMessage"], resources: [deadLetters] }];
}

export const workingRoles = onceFor((config: Configuration): readonly WorkingRole[] => {
  const names = namesFor(config);
  const { roleArn, roleName, breakGlassOf, accounts } = names;
  const { delegated, logArchive } = accounts;
  const tiers = [["delegated", delegated, roleName.deployDelegated], ["log-archive", logArchive, roleName.deployLogArchive]] as const;
  return [
    ...rolesOfMembers(config),
    { arn: roleArn(roleName.notifier, delegated), permissions: notifierPermissions(names, config.webhooks) },
    { arn: roleArn(roleName.watcher, delegated), permissions: watcherRolePermissions(config) },
    ...tiers.flatMap(([tier, account, deploy]) => [
      { arn: roleArn(deploy, account), permissions: permissionsOf(deployPermissions(config, tier)) },
      { arn: roleArn(breakGlassOf(account), account), permissions: permissionsOf(breakGlassPermissions(config, tier)) },
    ]),
    ...(accounts.backup === undefined
      ? []
      : [{ arn: roleArn(roleName.deployBackup, accounts.backup), permissions: permissionsOf(backupDeployPermissions(config, accounts.backup)) }]),
    { arn: roleArn(roleName.replication, logArchive), permissions: permissionsOf(replicationPermissions(config)) },
    ...readerRoles(config).map(({ name, permissions }) => ({ arn: roleArn(name, logArchive), permissions: permissionsOf(permissions) })),
  ];
});

/** The roles of the template that every account gets, in any account and any Region. */
function rolesOfMembers(config: Configuration): readonly WorkingRole[] {
  const { roleArn } = namesFor(config);
  const anywhere = (document: PolicyDocument) => JSON.parse(JSON.stringify(document).replaceAll(ACCOUNT, ANY_ACCOUNT).replaceAll(REGION, "*")) as PolicyDocument;
  return memberRoles(config).map(({ name, permissions }) => ({ arn: roleArn(name), permissions: permissions.flatMap((document) => permissionsOf(anywhere(document))) }));
}

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === "string" ? [value] : value);

/** A document of Allow statements as permissions. @throws Error for a statement that is no permission */
function permissionsOf({ Statement }: PolicyDocument): readonly Permission[] {
  return Statement.map(({ Sid, Effect, Action, Resource, Condition: condition }) => {
    if (Effect !== "Allow" || Action === undefined || Resource === undefined) throw new Error(`the statement ${Sid} of a role of ours is no permission`);
    return { actions: list(Action), resources: list(Resource), ...(condition && { condition: condition as Condition }) };
  });
}
