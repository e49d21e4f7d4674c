/** What every enforcer's role may do besides its source's own work. Pure: the templates are built from it. */
import { ANY_ACCOUNT } from "../../infra/names";
import type { Names } from "../../infra/names";
import type { Permission } from "../sources/log-source";

/**
 * The frame's own permissions: the list of exclusions, the bus, the dead-letter queue, its log.
 *
 * The role is one an account while the function is one a Region, hence the patterns for Regions.
 *
 * @param regions the governed Regions, each of which has a code bucket
 * @param source the log source's name
 */
export function framePermissions(names: Names, regions: readonly string[], source: string): readonly Permission[] {
  return [
    { actions: ["s3:GetObject"], resources: regions.map((region) => `${names.codeBucketArn(region)}/${names.exclusionsKey}`) },
    { actions: ["events:PutEvents"], resources: [names.busArn] },
    { actions: ["sqs:SendMessage"], resources: [`arn:aws:sqs:*:${ANY_ACCOUNT}:${names.deadLetterQueue}`] },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`arn:aws:logs:*:${ANY_ACCOUNT}:log-group:/aws/lambda/${names.enforcerFunction(source)}:*`],
    },
  ];
}
