/**
 * `npm run --silent prove -- --scp FILE [--scp FILE...] [--rcp FILE...] [--exempt ARN-PATTERN...] [--management ID]
 * [--actions FILE|catalogue] [--json]` proves of anybody's service and resource control policies that nobody in any
 * account but management's, other than the principals that are meant to be exempt, can make the calls in question; and,
 * with RCPs, that no outsider and no AWS service that acts for one can.
 *
 * Exit 0 all proved, 1 a hole, 3 something that can't be proven and no hole, 2 bad input: one line, nothing on standard
 * output.
 */
import { makeProver } from "../policy-pack/prover";
import { readArguments, refuse } from "./arguments";
import { cataloguedEntries, readEntries, type Entry } from "./prove/entries";
import { exemptAllowed, exemptProblem } from "./prove/exempt";
import { questionsOf } from "./prove/goals";
import { InputError } from "./prove/input-error";
import { keysNamed, layersOf } from "./prove/policies";
import { readPolicy } from "./prove/policy-file";
import { exitCodeOf, summaryOf, summaryText, textOf, verdictOf, type Verdict } from "./prove/report";

const help = `prove --scp FILE [--scp FILE...] [--rcp FILE...] [--exempt ARN-PATTERN...] [--management ID] [--actions FILE|catalogue] [--json]

--scp         a service control policy as JSON. Several are taken as attached together, on one level, beside AWS's
              FullAWSAccess; if any of them has an Allow, they are taken as all that the level has.
--rcp         a resource control policy; likewise, beside RCPFullAWSAccess. Outsiders are principals of organizations, and
              services acting for organizations and accounts, that the given RCPs don't name. Not asked: assuming a role
              by an identity provider, since nothing says which of its subjects are yours.
--exempt      principals that are meant to be exempt, read as ArnLike does. Everyone else, the root users too, must be
              refused. Service-linked roles are not asked about: no service control policy binds them.
--management  the management account, which no control policy binds.
--actions     a JSON array of {"action","resource"}; wildcards in resource mean every such resource. By default the
              catalogue: every action that could weaken logs and what keeps them, on every resource of its type.
--json        {goals:[{id,action,resource,verdict,request?,trail?,reason?}],summary}

Exit 0 all proved, 1 a hole, 3 not provable, 2 bad input.
`;

/** Every message of an input that can't be used is one line, and nothing is proven then. */
async function inputs() {
  const { values } = readArguments("prove", {
    scp: { type: "string", what: "a file", repeated: true },
    rcp: { type: "string", what: "a file", repeated: true },
    exempt: { type: "string", what: "an ARN pattern", repeated: true },
    management: { type: "string", what: "an account id of 12 digits", valid: (value) => /^\d{12}$/.test(value) },
    actions: { type: "string", what: 'a file or "catalogue"' },
    json: { type: "boolean" },
    help: { type: "boolean" },
  });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  if (!values.scp) throw new InputError("no --scp is given: the file of a service control policy is allowed, once or more");
  const exempt = values.exempt ?? [];
  for (const pattern of exempt) {
    const wrong = exemptProblem(pattern);
    if (wrong !== undefined) throw new InputError(`option --exempt is given ${JSON.stringify(pattern)}, which ${wrong}: ${exemptAllowed} is allowed`);
  }
  const scp = values.scp.map((path) => readPolicy("scp", path));
  const rcp = (values.rcp ?? []).map((path) => readPolicy("rcp", path));
  const entries: readonly Entry[] = values.actions === undefined || values.actions === "catalogue" ? cataloguedEntries() : await readEntries(values.actions);
  return { scp, rcp, exempt, management: values.management, entries, json: values.json === true };
}

async function main(): Promise<void> {
  const { scp, rcp, exempt, management, entries, json } = await inputs().catch((error: unknown) => {
    if (error instanceof InputError) refuse(error.message);
    throw error;
  });
  const prove = makeProver(layersOf(scp, rcp, management));
  const named = keysNamed([...scp, ...rcp]).map(({ key }) => key);
  const verdicts: readonly Verdict[] = questionsOf(entries, { exempt, ...(management !== undefined && { management }), rcp }).map((question) =>
    verdictOf(question, question.parts.map(prove), named),
  );
  const summary = summaryOf(verdicts);
  process.stdout.write(json ? `${JSON.stringify({ goals: verdicts, summary }, null, 2)}\n` : `${[...verdicts.map(textOf), summaryText(summary)].join("\n")}\n`);
  process.exitCode = exitCodeOf(summary);
}

void main();
