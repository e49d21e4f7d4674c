/** An enforcer trusts no event, but a stranger's would wake it as often as he likes, and on whose behalf nobody could say. */
import { heldDocuments } from "../held-documents";
import { sources } from "../../functions/sources";
import { namesFor } from "../../infra/names";
import { reference } from "../meaning";
import { refersTo } from "../subjects/subject";

export const rule = heldDocuments({
  requirement: "A function of ours lets EventBridge invoke it for one rule of its own account, and lets in nobody else.",
  universe: "Every principal of every account in any organization or none, every AWS service acting for whomever, federated and nameless callers; every action that a permission could allow, on the function.",
  notCovered: "Which rule of the account it is: its ARN is known after deployment. What an identity policy of the function's own account lets its principals do: that is the service control policies' to refuse.",
  kind: "function-policy",
  layer: "resource",
  meant: (config, { resource, owner, document }, { account, region }, siblings) => {
    const names = namesFor(config);
    const ours = [...sources.map(({ name }) => names.enforcerFunction(name)), names.notifierFunction, names.watcherFunction];
    const found = siblings.find((one) => one.kind === "function" && refersTo(resource, owner, one.resource, one.names));
    const name = found?.kind === "function" ? found.names.find((one) => ours.includes(one)) : undefined;
    const rule = document.known ? document.statements.flatMap(({ tests }) => tests.filter(({ key }) => key === "aws:SourceArn").flatMap(({ values }) => values.map((value) => value.replace(reference, "the-$1")))) : [];
    return name === undefined ? undefined : {
      on: [`arn:aws:lambda:${region}:${account}:function:${name}`],
      grants: [{ Sid: "OurAccountsRules", Principal: { Service: "events.amazonaws.com" }, Action: "lambda:InvokeFunction", Resource: "*", Condition: { StringEquals: { "aws:SourceAccount": account }, StringLike: { "aws:SourceArn": rule.length > 0 ? rule : "a rule of ours" } } }],
    };
  },
});
