/** What a request does to a goal, as the evaluator sees it. */
import { evaluate, type Layers, type Request } from "../../evaluator";
import type { Goal } from "../types";

/** Whether the request breaks what the goal demands. The universe is not looked at. */
export function breaks({ layer, demand }: Goal, request: Request, layers: Layers): boolean {
  const { decision, layers: verdicts } = evaluate(request, layers);
  const judged = layer === "decision" ? Object.values(verdicts) : [verdicts[layer]];
  const struck = judged.some(({ verdict }) => verdict === "explicit-deny");
  const refused = layer === "decision" ? decision === "denied" : verdicts[layer].verdict.endsWith("deny");
  if (demand === "denied") return !struck;
  if (demand === "not-denied") return struck;
  return demand === "refused" ? !refused : refused;
}
