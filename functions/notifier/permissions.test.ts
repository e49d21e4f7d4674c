import { namesFor } from "../../infra/names";
import { notifierPermissions } from "./permissions";

const names = namesFor({ prefix: "fall", accounts: { management: "999999999999", logArchive: "222222222222", delegated: "333333333333" }, homeRegion: "us-east-1" });

test("the notifier may read just its webhooks' secrets, its queue and its table", () => {
  const permissions = notifierPermissions(names, [{ name: "ops" }]);
  expect(permissions.flatMap(({ resources }) => resources)).toEqual([
    "arn:aws:dynamodb:us-east-1:333333333333:table/fall-status",
    "arn:aws:sqs:us-east-1:333333333333:fall-notifications",
    "arn:aws:secretsmanager:us-east-1:333333333333:secret:fall/webhook/ops-??????",
    "arn:aws:logs:us-east-1:333333333333:log-group:/aws/lambda/fall-notifier:log-stream:*",
  ]);
  expect(permissions.flatMap(({ actions }) => actions).filter((action) => action.includes("*"))).toEqual([]);
});

test("without a webhook no secret may be read", () => {
  expect(notifierPermissions(names, []).flatMap(({ actions }) => actions)).not.toContain("secretsmanager:GetSecretValue");
});
