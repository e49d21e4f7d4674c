/**
 * The enforcer of a log source: a Lambda function's handler around the source's adapter.
 *
 * Serialised and packaged (functions/package), so everything that it captures is a plain function or plain data, and the
 * AWS clients are built when the execution environment starts.
 */
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LogSource } from "../sources/log-source";
import type { EnforcerModule, Settings } from "./adapter";
import { causeOf } from "./cause";
import { enforce } from "./enforce";
import type { Frame, Summary } from "./enforce";
import { settingsFrom } from "./environment";
import { exclusionReader } from "./exclusions";
import { reporter } from "./report";

/** What is read of Lambda's context. */
export interface LambdaContext {
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
}

export type Handler = (event: unknown, context: LambdaContext) => Promise<Summary | undefined>;

/** What the frame needs to know of a source. */
export type SourceFacts = Pick<LogSource, "name" | "exclusionTaggers" | "weakening">;

/** Throttled calls are tried again by the SDK, with a growing pause. */
const ATTEMPTS = 6;

/**
 * The factory of a source's handler: called once an execution environment.
 *
 * The handler resolves to how many outcomes of each kind there were, to undefined where there was nothing to look at, and
 * throws where something could not be forced or reported, so that Lambda tries again.
 */
export function enforcerFor({ name, exclusionTaggers, weakening }: SourceFacts, { hints, adapter }: EnforcerModule): () => Handler {
  const tagIsLocked = exclusionTaggers !== undefined;

  /** Builds the clients; at the first invocation, since only then the function knows its account. */
  const frameFor = (settings: Settings, log: Frame["log"]): Frame => {
    const { names, region } = settings;
    const s3 = new S3Client({ region, maxAttempts: ATTEMPTS });
    const eventBridge = new EventBridgeClient({ region: names.homeRegion, maxAttempts: ATTEMPTS });
    const now = () => Date.now();
    const exclusions = async () => {
      const object = await s3.send(new GetObjectCommand({ Bucket: names.codeBucket(region), Key: names.exclusionsKey }));
      return (await object.Body?.transformToString()) ?? "";
    };
    return {
      source: name,
      settings,
      adapter: adapter(settings),
      tagIsLocked,
      exclusions: exclusionReader(exclusions, now),
      report: reporter(eventBridge, settings.busArn, (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
      log,
      now,
    };
  };

  return () => {
    let frame: Frame | undefined;
    return async (event, context) => {
      const started = Date.now();
      const settings = settingsFrom(process.env, context.invokedFunctionArn);
      const { names, account, region, via } = settings;
      const log: Frame["log"] = (entry) => console.log(JSON.stringify({ source: name, account, region, request: context.awsRequestId, ...entry }));
      frame = { ...(frame ?? frameFor(settings, log)), log };
      const weakeningActions = weakening(names, via).flatMap((call) => call.actions);
      const own = names.roleArn(names.roleName.enforcer(name), account);
      const cause = causeOf(event, hints, own, weakeningActions, context.awsRequestId);
      if (cause === undefined) {
        log({ level: "info", message: "nothing to look at: the enforcer's own call, or a refused one" });
        return undefined;
      }
      try {
        const summary = await enforce(frame, cause);
        log({ level: "info", message: "done", action: cause.action, outcomes: summary, duration: Date.now() - started });
        return summary;
      } catch (error) {
        log({ level: "error", message: String(error), action: cause.action, duration: Date.now() - started });
        throw error;
      }
    };
  };
}
