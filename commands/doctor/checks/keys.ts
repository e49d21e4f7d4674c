/** The keys that logs are encrypted with: enabled, not about to be deleted, and open to the service that writes. */
import { GetKeyPolicyCommand, KMSClient } from "@aws-sdk/client-kms";
import { sources } from "../../../functions/sources";
import type { PolicyDocument } from "../../../policy-pack/evaluator";
import { archiveKey, type ArchiveKey } from "../archive-key";
import { cause, type Check, type Ground } from "../check";
import { keyNameOf } from "../nodes";
import { controlPoliciesOver, type ControlPolicies } from "../organization";
import { refusalOf } from "../requests";
import { dataKey, writersIn, type LogWriter } from "../writers";

export interface KeyReading {
  readonly alias: string;
  readonly region: string;
  readonly writers: readonly LogWriter[];
  readonly accounts: readonly string[];
  /** Null where there is none. */
  readonly key: ArchiveKey | null | undefined;
  readonly policy: PolicyDocument | null | undefined;
  readonly controls: ControlPolicies;
}

async function read(ground: Ground, alias: string, region: string, writers: readonly LogWriter[]): Promise<KeyReading> {
  const { access, config, accounts } = ground;
  const place = { account: config.accounts.logArchive, region };
  const key = await archiveKey(ground, alias, region);
  const text = key ? await access.attempt(place, "kms:GetKeyPolicy", async (entered) => (await entered.client(KMSClient, region).send(new GetKeyPolicyCommand({ KeyId: key.Arn, PolicyName: "default" }))).Policy ?? null) : undefined;
  const controls = await controlPoliciesOver(access, config, place.account);
  return { alias, region, writers, accounts, key, policy: typeof text === "string" ? (JSON.parse(text) as PolicyDocument) : text, controls };
}

const DEPLOY = "pulumi up of the stack log-archive";

export const check: Check<KeyReading> = {
  looksAt: "the archive's keys, and whether each service may encrypt its log with its bucket's",
  causes: {
    "key-missing": { symptom: "no log of the KMS class arrives in a Region", cause: "the alias of the key leads nowhere" },
    "key-disabled": { symptom: "no log of the KMS class arrives, and those that are there can't be read", cause: "the key is disabled" },
    "key-pending-deletion": { symptom: "the same, and soon for ever", cause: "the key is scheduled for deletion" },
    "key-policy": { symptom: "a delivery says Access error, although the bucket lets the service write", cause: "the key's policy does not let the service encrypt" },
    "control-policy-on-key": { symptom: "the same, although bucket and key are as they should be", cause: "a resource control policy refuses the service the key" },
  },
  read(ground) {
    const { config, names, scope } = ground;
    const writers = writersIn(config, scope, sources.length).filter(({ store }) => store === "kms");
    const keys = new Map<string, { alias: string; region: string; writers: LogWriter[] }>();
    for (const writer of writers) {
      const alias = writer.source === "trail" ? names.trailKeyAlias : names.keyAlias;
      const key = keys.get(`${alias} ${writer.region}`) ?? { alias, region: writer.region, writers: [] };
      key.writers.push(writer);
      keys.set(`${alias} ${writer.region}`, key);
    }
    return Promise.all([...keys.values()].map((one) => read(ground, one.alias, one.region, one.writers)));
  },
  judge({ alias, region, writers, accounts, key, policy, controls }, { config }) {
    const account = config.accounts.logArchive;
    const what = keyNameOf(config, alias, region);
    const where = { account, region };
    if (key === undefined) return [];
    if (key === null) return [cause("key-missing", what, where, "there is no such alias", DEPLOY)];
    const { Arn = "", KeyState = "", DeletionDate } = key;
    const administrator = `as the archive's administrator: aws kms`;
    if (KeyState === "PendingDeletion")
      return [cause("key-pending-deletion", what, where, `${Arn} is to be deleted ${DeletionDate?.toISOString().slice(0, 10) ?? "soon"}`, `${administrator} cancel-key-deletion --region ${region} --key-id ${Arn}, then enable-key`)];
    if (KeyState !== "Enabled") return [cause("key-disabled", what, where, `${Arn} is ${KeyState}`, `${administrator} enable-key --region ${region} --key-id ${Arn}`)];
    if (policy === undefined || policy === null) return [];
    return writers.flatMap((writer) =>
      (writer.onlyFor === undefined ? accounts : [writer.onlyFor]).flatMap((of) => {
        const layers = { managementAccount: config.accounts.management, resource: [{ name: "the key policy", document: policy }], ...(controls.rcp && { rcp: controls.rcp }) };
        const refusal = refusalOf(dataKey(writer, config, of, Arn), layers);
        if (!refusal) return [];
        const found = `${writer.service} may not encrypt ${writer.kind} with ${Arn}: ${refusal.words}`;
        if (refusal.layer !== "rcp") return [cause("key-policy", what, { ...where, source: writer.source }, found, DEPLOY)];
        return refusal.by.map((name) => cause("control-policy-on-key", name, { region, source: writer.source }, found, `detach the resource control policy ${name}, or exempt ${writer.service} in it`));
      }),
    );
  },
};
