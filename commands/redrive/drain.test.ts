import { drain } from "./drain";

const owner = { account: "111111111111", region: "eu-central-1", functionPrefix: "fall-enforcer-" };
const record = (source: string) =>
  JSON.stringify({ requestContext: { functionArn: `arn:aws:lambda:eu-central-1:111111111111:function:fall-enforcer-${source}:$LATEST`, condition: "RetriesExhausted" }, requestPayload: { source } });

/** A queue that hands out two messages at a time and hides them, and a Lambda that answers as told. */
function make(bodies: readonly string[], invoke: (name: string) => { StatusCode: number } = () => ({ StatusCode: 202 })) {
  const waiting = bodies.map((Body, index) => ({ MessageId: `m${index}`, ReceiptHandle: `r${index}`, Body }));
  const calls: string[] = [];
  const lines: string[] = [];
  const sqs = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const name = command.constructor.name;
      if (name === "ReceiveMessageCommand") return { Messages: waiting.splice(0, 2) };
      calls.push(`${name} ${String(command.input["ReceiptHandle"])}`);
      return {};
    },
  };
  const lambda = {
    send: async ({ input }: { input: { FunctionName: string; InvocationType: string; Payload: string } }) => {
      calls.push(`${input.InvocationType} ${input.FunctionName} ${input.Payload}`);
      return invoke(input.FunctionName);
    },
  };
  const run = (dryRun = false) => drain({ sqs: sqs as never, lambda: lambda as never, queueUrl: "https://q", owner, dryRun, print: (line) => lines.push(line) });
  return { run, calls, lines, waiting };
}

test("every message goes to its enforcer and is deleted after that", async () => {
  const { run, calls, lines } = make([record("vpc"), record("alb"), record("s3")]);
  expect(await run()).toEqual({ redriven: 3, left: 0 });
  expect(calls).toEqual([
    'Event fall-enforcer-vpc {"source":"vpc"}',
    "DeleteMessageCommand r0",
    'Event fall-enforcer-alb {"source":"alb"}',
    "DeleteMessageCommand r1",
    'Event fall-enforcer-s3 {"source":"s3"}',
    "DeleteMessageCommand r2",
  ]);
  expect(lines[0]).toBe("redriven m0 fall-enforcer-vpc (Lambda: RetriesExhausted)");
});

test("what is not accepted is not deleted, and shown again", async () => {
  const { run, calls, lines } = make([record("vpc"), record("alb"), record("s3")], (name) => {
    if (name.endsWith("alb")) throw Object.assign(new Error("gone"), { name: "ResourceNotFoundException" });
    return { StatusCode: name.endsWith("s3") ? 500 : 202 };
  });
  expect(await run()).toEqual({ redriven: 1, left: 2 });
  expect(calls.filter((call) => !call.startsWith("Event"))).toEqual(["DeleteMessageCommand r0", "ChangeMessageVisibilityCommand r1", "ChangeMessageVisibilityCommand r2"]);
  expect(lines.slice(1)).toEqual([
    "left m1: fall-enforcer-alb was not invoked: ResourceNotFoundException: gone",
    "left m2: fall-enforcer-s3 answered 500, 202 is allowed",
  ]);
});

test("a stranger's message is left and reported", async () => {
  const { run, calls, lines } = make(["hello"]);
  expect(await run()).toEqual({ redriven: 0, left: 1 });
  expect(calls).toEqual(["ChangeMessageVisibilityCommand r0"]);
  expect(lines).toEqual(["left m0: its body is not a JSON object"]);
});

test("a dry run invokes and deletes nothing", async () => {
  const { run, calls, lines } = make([record("vpc")]);
  expect(await run(true)).toEqual({ redriven: 1, left: 0 });
  expect(calls).toEqual(["ChangeMessageVisibilityCommand r0"]);
  expect(lines).toEqual(["would redrive m0 fall-enforcer-vpc (Lambda: RetriesExhausted)"]);
});

test("a message that comes back within the run ends it", async () => {
  const { run, waiting } = make(["hello"]);
  const again = { ...waiting[0]! };
  waiting.push({ ...again, MessageId: "m1" }, again);
  expect(await run()).toEqual({ redriven: 0, left: 2 });
});
