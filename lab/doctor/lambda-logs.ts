/** Lambda's own log groups: the lab keeps what functions write in memory, and the doctor looks for an enforcer's last line. */
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { Bridge } from "../moto/start";
import { pool } from "../scenario/world";
import type { Bench } from "./bench";

export const lambdaLogsBridge: Bridge = {
  name: "lambda-logs",
  lacks: "functions that the lab runs write to no log group",
  does: "before the doctor comes, lab/doctor/lambda-logs puts each function's last line into its group, as Lambda would have",
};

/** Puts every function's last line where Lambda writes it, at the present time. */
export async function writeLambdaLogs({ lab, direct }: Bench): Promise<number> {
  const last = new Map(lab.runtime.logs.map((line) => [`${line.account} ${line.region} ${line.function}`, line]));
  const groups = [...last.values()];
  await pool(groups, 8, async ({ account, region, function: name, line }) => {
    const logs = direct(account, region).client(CloudWatchLogsClient);
    const at = { logGroupName: `/aws/lambda/${name}`, logStreamName: `lab-${Date.now()}` };
    await logs.send(new CreateLogStreamCommand(at));
    await logs.send(new PutLogEventsCommand({ ...at, logEvents: [{ timestamp: Date.now(), message: line }] }));
  });
  return groups.length;
}
