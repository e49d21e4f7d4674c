/**
 * What the proofs say of the documents that the lab deployed, and each denying statement's near miss: a request that would
 * pass its layer without the statement. Found in a process of its own, which has the processor when nobody else wants it.
 */
import { fork } from "node:child_process";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Configuration } from "../../infra/config/configuration";
import type { GraphResource } from "../../infra/program/graph";
import type { LayerName, Layers, PolicyDocument, Request, Statement } from "../../policy-pack/evaluator";
import { proverOf } from "../../policy-pack/kept-provers";
import { makeProver, sentence, type Universe } from "../../policy-pack/prover";
import { askedOfAll } from "../../policy-pack/removals/asked";
import type { Broken } from "../../policy-pack/removals/broken";
import { documentsIn, type Deployed } from "../../policy-pack/removals/documents";
import { judged, type Judged } from "../../policy-pack/removals/judged";
import { isControlPolicy } from "../../policy-pack/subjects/subject";
import type { ProofRow } from "../report/report";

/** A tier as it was deployed last. */
export interface Stack {
  readonly graph: readonly GraphResource[];
  readonly configuration: Configuration;
  /** The one statement of it that is asked about, and nothing else; all of them, and the obligations, where left out. */
  readonly only?: string;
}

/** A denying statement, and a request that passes its layer without it; `miss` is left out where no proof finds one. */
export interface StatementMissed {
  readonly policy: string;
  readonly sid: string;
  readonly isControl: boolean;
  /** The document, whole. */
  readonly document: PolicyDocument;
  readonly miss?: NearMiss;
}

export interface NearMiss {
  readonly request: Request;
  readonly layer: LayerName;
  /** Without the statement. */
  readonly layers: Layers;
  readonly obligation: string;
  /** The request in one line. */
  readonly line: string;
}

/** Plain JSON: it travels between processes. */
export interface Proven {
  readonly proofs: readonly ProofRow[];
  readonly missed: readonly StatementMissed[];
}

export async function prove(stacks: readonly Stack[]): Promise<Proven> {
  const missed: Judged[] = [];
  const proven: Deployed[] = [];
  for (const { graph, configuration, only } of stacks) {
    const documents = await documentsIn(graph, configuration);
    if (only === undefined) proven.push(...documents);
    // What is in a template stands in many accounts and Regions, each with a text of its own.
    for (const deployed of documents.filter(({ subject }) => subject.resource.template === undefined))
      missed.push(...(await judged(deployed, ({ element, statement: { Effect, Sid } }) => element === "statement" && Effect === "Deny" && (only === undefined || Sid === only))));
  }
  // An only statement takes its document along, which is refused as none.
  return { proofs: await proofsOf(proven), missed: missed.filter(({ by }) => by !== "documents-known").map(asMissed) };
}

/** The same, apart. @throws Error with what the process says where it fails */
export function proveApart(stacks: readonly Stack[]): Promise<Proven> {
  const child = fork(__filename, { execArgv: ["--require", join(__dirname, "../../commands/register.js")], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  if (child.pid !== undefined) setPriority(child.pid, 10);
  return new Promise((resolve, reject) => {
    child.on("message", (found) => resolve(found as Proven));
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the process that proves ended with ${code}`)));
    child.send(stacks);
  });
}

function asMissed({ deployed: { name, subject, document }, removal, by }: Judged): StatementMissed {
  const miss = typeof by === "object" ? nearMissOf(by, removal.statement) : undefined;
  return { policy: name, sid: removal.statement.Sid ?? removal.what, isControl: isControlPolicy(subject), document, ...(miss && { miss }) };
}

/** The hole with what the missing statement also looks at: keys that nothing asked for without it. */
function nearMissOf({ answer, layers, obligation }: Broken, statement: Statement): NearMiss | undefined {
  if (answer.verdict !== "hole") return undefined;
  const { goal: { layer, universe }, hole: { request, absent } } = answer;
  if (layer === "decision") return undefined;
  const said = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), typeof value === "string" ? [value] : value]));
  const missing = new Set(absent.map((key) => key.toLowerCase()));
  const domain: Universe["domain"] = (key, kind) => {
    const like = said.get(key);
    if (like) return { kind: "free", presence: "always", many: like.length > 1, values: { reading: "text", like } };
    return missing.has(key) ? { kind: "absent" } : universe.domain(key, kind);
  };
  const alone = [{ name: "the statement", document: { Version: "2012-10-17", Statement: [statement] } }];
  const caught = makeProver({ [layer]: layer === "scp" || layer === "rcp" ? [alone] : alone })({
    id: "what the statement catches",
    layer,
    demand: "not-denied",
    universe: {
      principals: [{ kind: request.principal.kind, arns: { reading: "text", like: [request.principal.arn] } }],
      actions: [request.action],
      resources: request.resource === "*" ? "none" : { reading: "text", like: [request.resource] },
      domain,
    },
  });
  if (caught.verdict !== "hole") return undefined;
  return { request: { ...request, context: { ...caught.hole.request.context, ...request.context } }, layer, layers, obligation, line: sentence(answer) };
}

async function proofsOf(documents: readonly Deployed[]): Promise<readonly ProofRow[]> {
  const rows = new Map<string, ProofRow>();
  for (const { obligation, question } of await askedOfAll(documents)) {
    const row = { ...(rows.get(obligation) ?? { obligation, goals: 0, proved: 0, holes: 0, notProvable: 0, states: 0 }) };
    const prove = proverOf(question.layers);
    for (const goal of question.goals) {
      const { verdict, states } = prove(goal);
      row.goals++;
      row.states += states;
      row[verdict === "proved" ? "proved" : verdict === "hole" ? "holes" : "notProvable"]++;
    }
    rows.set(obligation, row);
  }
  return [...rows.values()].sort((a, b) => (a.obligation < b.obligation ? -1 : 1));
}

if (require.main === module) {
  process.once("message", (stacks) => {
    void prove(stacks as readonly Stack[]).then((found) => process.send?.(found, () => process.disconnect()));
  });
}
