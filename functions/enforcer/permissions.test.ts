import { names } from "../names-for-tests";
import { framePermissions } from "./permissions";


test("every enforcer reads the exclusions of each Region, reports, leaves dead letters and writes its own log", () => {
  expect(framePermissions(names, ["us-east-1", "eu-central-1"], "vpc")).toEqual([
    {
      actions: ["s3:GetObject"],
      resources: [
        "arn:aws:s3:::fall-code-333333333333-us-east-1/exclusions.json",
        "arn:aws:s3:::fall-code-333333333333-eu-central-1/exclusions.json",
      ],
    },
    { actions: ["events:PutEvents"], resources: ["arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes"] },
    { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:*:????????????:fall-dead-letters"] },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: ["arn:aws:logs:*:????????????:log-group:/aws/lambda/fall-enforcer-vpc:*"],
    },
  ]);
});
