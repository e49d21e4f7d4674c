"use strict";
/**
 * Runs a packaged function as AWS Lambda's Node.js runtime does: loads the handler from the unpacked zip, then answers
 * one invocation at a time. Started by `instance.ts` with the function's own environment and nothing of the lab's.
 *
 *   node bootstrap.js <folder of the code> <handler> <ports it may connect to, comma-separated>
 */
const { Socket } = require("node:net");
const { join } = require("node:path");

const [folder, handlerName, ports] = process.argv.slice(2);
const allowed = new Set(ports.split(","));

// Nothing reaches the emulator, or the network, around the proxy.
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const { host, port } = options ?? {};
  if (host !== "127.0.0.1" || !allowed.has(String(port))) throw new Error(`the function connects to ${host}:${port}, around the proxy`);
  return connect.apply(this, args);
};

// The time of day is the lab's, which does not wait where AWS would.
const machine = Date.now;
let ahead = 0;
Date.now = () => machine() + ahead;

// A function that has asked nobody for anything waits for the clock alone, and time passes to what it waits for; but not
// past the end of its own time, which comes by the machine's clock.
const { setTimeout: start, clearTimeout: stop } = globalThis;
const LOOK = 5;
const waiting = new Map();
let deadline = 0;
let looking = false;

function look() {
  looking = false;
  const idle = process.getActiveResourcesInfo().every((what) => what === "Timeout" || what === "PipeWrap");
  const [first] = [...waiting].filter(([timer]) => timer.hasRef()).sort(([, one], [, other]) => one.due - other.due);
  if (idle && first && first[1].due < deadline) {
    const [timer, { due, run }] = first;
    ahead += Math.max(0, due - Date.now());
    stop(timer);
    run();
  }
  lookAgain();
}
function lookAgain() {
  if (looking || waiting.size === 0 || deadline === 0) return;
  looking = true;
  start(look, LOOK);
}

globalThis.setTimeout = (callback, delay = 0, ...args) => {
  const run = () => {
    waiting.delete(timer);
    callback(...args);
  };
  const timer = start(run, delay);
  waiting.set(timer, { due: Date.now() + delay, run });
  lookAgain();
  return timer;
};
globalThis.clearTimeout = (timer) => {
  waiting.delete(timer);
  stop(timer);
};

function described(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split("\n") };
}

let loading;
function load() {
  loading ??= (async () => {
    const [file, name] = handlerName.split(".");
    const handler = require(join(folder, `${file}.js`))[name];
    if (typeof handler !== "function") throw new Error(`${handlerName} is undefined or not exported`);
    return handler;
  })();
  return loading;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextFor({ requestId, functionArn, functionName, deadline }) {
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function invoke({ event, context }) {
  const handler = await load();
  const returned = await new Promise((resolve, reject) => {
    const promise = handler(event, contextFor(context), (error, result) => (error ? reject(error) : resolve(result)));
    if (promise && typeof promise.then === "function") promise.then(resolve, reject);
    else if (handler.length < 3) resolve(promise);
  });
  return returned === undefined ? null : returned;
}

process.on("message", (message) => {
  ahead = message.ahead;
  deadline = message.context.deadline;
  const answer = (reply) => {
    deadline = 0;
    process.send({ id: message.context.requestId, ahead, ...reply });
  };
  invoke(message).then(
    (payload) => answer({ payload }),
    (error) => answer({ error: described(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
// The factory runs when the environment is made, as Lambda's initialisation does; its error is the first invocation's.
load().catch(() => undefined);
