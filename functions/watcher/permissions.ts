/** What the watcher's role may do, and on what. */
import type { Names } from "../../infra/names";
import type { Permission } from "../sources/log-source";

/** Statements for the role `names.roleName.watcher` in the delegated account. */
export function watcherPermissions(names: Names): Permission[] {
  const { homeRegion, accounts } = names;
  const stackSets = [names.globalStackSet, names.regionalStackSet];
  return [
    {
      actions: ["cloudformation:ListStackInstances"],
      // A delegated administrator's StackSet lives in the management account; which of the two accounts the request's
      // ARN names is not documented (not confirmed), so both are allowed.
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
      resources: [accounts.management, accounts.delegated].flatMap((account) =>
        stackSets.map((stackSet) => `arn:aws:cloudformation:${homeRegion}:${account}:stackset/${stackSet}:*`),
      ),
    },
    {
      actions: ["dynamodb:Query", "dynamodb:BatchWriteItem"],
      resources: [`arn:aws:dynamodb:${homeRegion}:${accounts.delegated}:table/${names.statusTable}`],
    },
    { actions: ["events:PutEvents"], resources: [names.busArn] },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`arn:aws:logs:${homeRegion}:${accounts.delegated}:log-group:/aws/lambda/${names.watcherFunction}:log-stream:*`],
    },
  ];
}
