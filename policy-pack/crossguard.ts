/**
 * The rules as policies of Pulumi CrossGuard.
 *
 * A rule that needs one subject alone judges every resource before it is created or changed; one that needs siblings
 * judges the whole stack at the end of a preview. Either judges what is inside a template, which is whole in itself, when it
 * judges the resource that holds it.
 */
import type { PolicyProviderResource, PolicyResource, ReportViolation, ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { stackConfiguration, type Given } from "./configuration";
import type { NamedRule } from "./policies";
import { isObject, pick, plain, sameData, unwrapped } from "./subjects/plain";
import { subjectsIn, templateSubjects } from "./subjects/read";
import type { Resource, Subject } from "./subjects/subject";

export function crossGuardPolicy(rule: NamedRule): ResourceValidationPolicy | StackValidationPolicy {
  const common = { name: rule.id, description: rule.requirement, ...(rule.configSchema && { configSchema: rule.configSchema }) };
  // The server reads a resource anew for each policy that has this, and the whole stack for each that has the other.
  if (rule.needs === "subject")
    return {
      ...common,
      validateResource: async (args, report) => {
        const judged = await judgeAll(rule, [await subjectsFrom(args)], givenTo(args));
        if (judged.length === 0) args.notApplicable("it says nothing about this resource");
        reportAll(judged, report);
      },
    };
  return { ...common, validateStack: async (args, report) => reportAll(await judgeAll(rule, await Promise.all(args.resources.map(subjectsFrom)), givenTo(args)), report) };
}

/** The same for every resource of a process: the engine starts the pack once a stack. */
const configuration = stackConfiguration();
const givenTo = (args: Pick<ResourceValidationArgs, "getConfig">): Given => ({ configuration, parameters: args.getConfig() });

/** The account a provider is pinned to; its properties travel as JSON text. */
async function pinnedAccount(provider: PolicyProviderResource | undefined): Promise<string | undefined> {
  const accounts = pick(await plain(provider?.props ?? {}), "allowedAccountIds");
  return /^\W*(\d{12})\W*$/.exec(String(accounts ?? ""))?.[1];
}

/** The engine names the stack in the pack's environment (pulumi/pulumi pkg/resource/plugin/analyzer_plugin.go). */
const startedByEngine = [process.env.PULUMI_NODEJS_STACK, process.env.PULUMI_STACK].some((name) => name !== undefined);

interface Read {
  readonly own: readonly Subject[];
  /** Those inside each template that it holds. */
  readonly templates: readonly (readonly Subject[])[];
}

/** What was read of each resource last, by URN: every rule is given the same resources, each time as new objects. */
const lastRead = new Map<string, { readonly given: unknown; readonly read: Read }>();

/** The subjects of a resource as the policy server gives it. */
async function subjectsFrom(args: ResourceValidationArgs | PolicyResource): Promise<Read> {
  const { type, name, urn } = args;
  const dependencies = "dependencies" in args ? args.dependencies.map((on) => on.urn) : [];
  const references = "propertyDependencies" in args ? urnsByProperty(args) : {};
  const parent = "parent" in args ? args.parent?.urn : undefined;
  const protect = args.opts.protect || (startedByEngine ? false : "unsaid");
  // Not read again for what is the same.
  const given = { type, name, dependencies, references, parent, protect, props: unwrapped(args.props), provider: unwrapped(args.provider?.props) };
  const last = lastRead.get(urn);
  if (last && sameData(last.given, given)) return last.read;
  const props = await plain(args.props);
  const resource: Resource = {
    type,
    name,
    urn,
    props: isObject(props) ? props : {},
    dependencies: [...new Set([...dependencies, ...Object.values(references).flat()])],
    references,
    ...(parent !== undefined && { parent }),
    account: await pinnedAccount(args.provider),
    protect,
  };
  const own = subjectsIn(resource);
  const read = { own, templates: own.flatMap(templateSubjects) };
  lastRead.set(urn, { given, read });
  return read;
}

const urnsByProperty = ({ propertyDependencies }: PolicyResource): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(propertyDependencies).map(([property, on]) => [property, on.map(({ urn }) => urn)]));

interface Judged {
  readonly subject: Subject;
  readonly violations: readonly string[];
  /** The rule could not tell for want of what it was not sent. */
  readonly advisory: boolean;
}

/** The subjects that the rule says something about. */
async function judge(rule: NamedRule, subjects: readonly Subject[], siblings: readonly Subject[], given: Given): Promise<readonly Judged[]> {
  const judged = await Promise.all(
    subjects.map(async (subject) => {
      const verdict = await rule.judge(subject, siblings, given);
      if (verdict === "not-applicable") return [];
      if (verdict === "compliant") return [{ subject, violations: [], advisory: false }];
      return [{ subject, violations: verdict.violations, advisory: verdict.advisory === true }];
    }),
  );
  return judged.flat();
}

/** The resources together, and each template by itself. */
async function judgeAll(rule: NamedRule, resources: readonly Read[], given: Given): Promise<readonly Judged[]> {
  const sets = [resources.flatMap(({ own }) => own), ...resources.flatMap(({ templates }) => templates)];
  return (await Promise.all(sets.map((siblings) => judge(rule, siblings, siblings, given)))).flat();
}

/** Each violation once: a resource that hangs on a condition is judged for both its outcomes. */
function reportAll(judged: readonly Judged[], report: ReportViolation): void {
  const seen = new Set<string>();
  for (const { subject, violations, advisory } of judged) {
    const { urn, name, type, template } = subject.resource;
    for (const violation of violations) {
      const message = template === undefined ? violation : `${name} (${type}) in the template: ${violation}`;
      if (seen.has(`${urn} ${message}`)) continue;
      seen.add(`${urn} ${message}`);
      if (advisory) reportAdvisory(report, message, urn);
      else report(message, urn);
    }
  }
}

/** The policy server takes an object with a level of its own (@pulumi/policy server.ts), though its type does not say so. */
function reportAdvisory(report: ReportViolation, message: string, urn: string): void {
  (report as unknown as (violation: { message: string; urn: string; enforcementLevel: "advisory" }) => void)({
    message,
    urn,
    enforcementLevel: "advisory",
  });
}
