/** Whether people heard of it: every outcome and every denied attempt, by each webhook, once, though one failed at first. */
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { headlines } from "../../functions/notifier/message";
import type { CheckRow } from "../report/report";
import { misused, SESSION, tried, written } from "./misuse";
import type { Lab } from "./start";
import { directly, sentRows } from "./status-rows";
import { outcomesOf } from "./world";

export async function noticed(lab: Lab): Promise<CheckRow[]> {
  const { world, receivers, motoUrl, proxy } = lab;
  const { names } = world;
  await lab.runtime.idle();
  const sent = await sentRows(lab);
  const outcomes = new Map(outcomesOf(proxy).filter(({ outcome }) => outcome.outcome !== "heartbeat").map(({ outcome }) => [outcome.id, outcome]));
  const unsent = [...outcomes.keys()].flatMap((id) =>
    receivers.filter(({ name }) => !sent.some((key) => key.includes(id) && key.includes(name))).map(({ name }) => `${id} to ${name}`),
  );
  const queue = async (name: string) => {
    const QueueUrl = `${motoUrl}/${names.accounts.delegated}/${name}`;
    const { Attributes } = await new SQSClient(directly(lab)).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }));
    return Number(Attributes?.ApproximateNumberOfMessages ?? NaN);
  };
  const dead = await queue(names.notificationDeadLetterQueue);
  const failing = receivers.find(({ refused }) => refused > 0);
  const text = receivers.map(({ name, received }) => ({ name, all: JSON.stringify(received) }));
  const deaf = text.filter(({ all }) => !all.includes(headlines["tamper-attempt"].title)).map(({ name }) => name);
  const unaware = text.filter(({ all }) => !all.includes(names.roleName.administrator)).map(({ name }) => name);
  /** Who was never told, in one post, all of what belongs together. */
  const untold = (...parts: readonly string[]) => receivers.filter(({ received }) => !received.some((post) => parts.every((part) => JSON.stringify(post).includes(part)))).map(({ name }) => name);
  const told = (name: string, ...parts: readonly string[]): CheckRow => {
    const missed = untold(...parts);
    return { name, ok: missed.length === 0, detail: missed.length === 0 ? "told to each" : `not by ${missed.join(", ")}` };
  };
  const bucket = misused(lab);
  const delivered = text.filter(({ all }) => /(delivery\.logs|config|cloudtrail|logging\.s3)\.amazonaws\.com/.test(all)).map(({ name }) => name);
  const secret = receivers.find(({ url }) => lab.runtime.logs.some(({ line }) => line.includes(url)));
  return [
    { name: "every outcome reached every webhook", ok: unsent.length === 0 && outcomes.size > 0, detail: `${outcomes.size} outcomes; ${unsent.slice(0, 5).join(", ") || "all sent"}` },
    { name: "a webhook that failed at first lost nothing", ok: failing !== undefined && dead === 0, detail: `${failing?.name ?? "none"} refused ${failing?.refused ?? 0}; ${dead} dead letters` },
    { name: "denied attempts reach people", ok: deaf.length === 0, detail: deaf.length === 0 ? "told to each" : `not by ${deaf.join(", ")}` },
    { name: "break-glass of the archive reaches people, each use", ok: unaware.length === 0, detail: unaware.length === 0 ? "told to each" : `not by ${unaware.join(", ")}` },
    told("a changed policy of the archive's reaches people", "s3:PutBucketPolicy", bucket, SESSION),
    told("an object written into the archive by hand reaches people", "s3:PutObject", `${bucket}/${written}`, SESSION),
    told("an object that somebody tried to write into the archive reaches people", headlines["tamper-attempt"].title, `${bucket}/${tried}`),
    { name: "no delivery of a log is told", ok: delivered.length === 0, detail: delivered.length === 0 ? "none" : `by ${delivered.join(", ")}` },
    { name: "no webhook's URL is in a log line", ok: secret === undefined, detail: secret?.name ?? "none" },
  ];
}
