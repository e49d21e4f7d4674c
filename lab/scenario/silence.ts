/** An enforcer that never arrived sends nothing: the watcher misses it, and only it. */
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { sources } from "../../functions/sources";
import type { CheckRow } from "../report/report";
import type { Lab } from "./start";
import { directly, statusRows } from "./status-rows";
import { outcomesOf } from "./world";

const HOURS = 3;

/**
 * Lets time pass: what the status table remembers of heartbeats and first sights is made three hours older. The clock is
 * the lab's, so the emulator is asked directly.
 */
async function letTimePass(lab: Lab): Promise<void> {
  const dynamodb = new DynamoDBClient(directly(lab));
  const TableName = lab.world.names.statusTable;
  for (const { pk, sk, at } of await statusRows(lab)) {
    if (!pk || !sk || (pk.S !== "heartbeat" && pk.S !== "first-seen")) continue;
    const older = new Date(Date.parse(at?.S ?? "") - HOURS * 3_600_000).toISOString();
    await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk, sk },
        UpdateExpression: "SET #at = :older",
        ExpressionAttributeNames: { "#at": "at" },
        ExpressionAttributeValues: { ":older": { S: older } },
      }),
    );
  }
  dynamodb.destroy();
}

export async function silence(lab: Lab): Promise<CheckRow[]> {
  const { world, runtime, lost, proxy, organization } = lab;
  // Heartbeats are recorded by the notifier, behind what it tells at each webhook's pace.
  await runtime.idle(180_000);
  await letTimePass(lab);
  await runtime.sweep({ sources: sources.map(({ name }) => name) });
  await runtime.idle(60_000);
  await runtime.sweep({ accounts: [organization.delegated.id], regions: [world.names.homeRegion] });
  await world.idle();
  const told = outcomesOf(proxy).map(({ outcome }) => outcome);
  const silent = new Set(told.filter(({ outcome }) => outcome === "silent").map(({ account, region, source }) => `${account} ${region} ${source}`));
  const wanted = sources
    .filter(({ scope }) => scope === "regional" || lost.region === world.names.homeRegion)
    .map(({ name }) => `${lost.account} ${lost.region} ${name}`);
  const untold = wanted.filter((key) => !silent.has(key));
  const wrong = [...silent].filter((key) => !wanted.includes(key));
  const stuck = told.find(({ outcome, account, region }) => outcome === "stack-instance" && account === lost.account && region === lost.region);
  return [
    {
      name: "an enforcer that never arrived is missed, and no other",
      ok: untold.length === 0 && wrong.length === 0,
      detail: `${wanted.length - untold.length} of ${wanted.length} missed${wrong.length > 0 ? `; wrongly: ${wrong.join(", ")}` : ""}`,
    },
    { name: "a stack instance that is not current is told", ok: stuck !== undefined, detail: stuck?.reason ?? "not told" },
  ];
}
