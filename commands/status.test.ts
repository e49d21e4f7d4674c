import { spawnSync } from "node:child_process";
import { join } from "node:path";

const run = (...args: string[]) => {
  const env = { ...process.env, AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_ACCESS_KEY_ID: "AKIATEST000000000000", AWS_SECRET_ACCESS_KEY: "test", AWS_MAX_ATTEMPTS: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", join(__dirname, "register.js"), join(__dirname, "status.ts"), ...args], { encoding: "utf8", env });
  const said = stderr.split("\n").filter((line) => line !== "" && !/Warning|NodeVersion|AWS SDK|node >=|versions published|continue receiving|bug fixes|More information|trace-warnings/.test(line));
  return { status, stdout, said };
};

test.each([
  [["--account", "12"], 'option --account is given "12": an account id (12 digits) is allowed'],
  [["--region", "mars-1"], 'option --region is given "mars-1": one of us-east-1, '],
  [["--state", "fine"], 'option --state is given "fine": one of logged, excluded, observed, failing, silent, never-seen is allowed'],
  [["--since", "2026-13-01"], 'option --since is given "2026-13-01": a day (2026-11-21) is allowed'],
  [["--json", "--format", "csv"], "option --json is given with --format csv: one of them is allowed"],
  [["--all", "--state", "logged"], "option --all is given with --state logged: one of them is allowed"],
  [["--lab", "--config", "x"], "option --config is given with --lab"],
  [[], "AWS could not be reached: "],
])("%j is answered by one line and exit 2", (args, line) => {
  const { status, stdout, said } = run(...args);
  expect([status, stdout, said]).toEqual([2, "", [expect.stringContaining(line)]]);
});
