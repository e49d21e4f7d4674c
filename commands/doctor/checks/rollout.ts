/** What the configuration itself says: whether anything is to be forced yet, and where. Nothing is asked of AWS. */
import { cause, note, type Check } from "../check";

export interface RolloutReading {
  /** The accounts that are looked at and that the rollout has not reached. */
  readonly beyond: readonly string[];
}

export const check: Check<RolloutReading> = {
  looksAt: "the phase and the rollout in the configuration",
  causes: {
    "phase-prepare": { symptom: "no log of any source arrives", cause: "the configuration's phase is prepare: nothing is forced yet" },
    "beyond-canary": { symptom: "no log of an account arrives", cause: "the rollout has not reached the account" },
  },
  read({ config, accounts }) {
    const { rollout, canary } = config.force;
    return Promise.resolve([{ beyond: rollout === "organization" ? [] : accounts.filter((account) => !canary?.accounts.includes(account)) }]);
  },
  judge({ beyond }, { config, scope }) {
    if (config.phase === "prepare") return [cause("phase-prepare", "fall:phase", {}, "phase is prepare", "pulumi config set fall:phase force, in the stacks delegated and management")];
    if (beyond.length === 0) return [];
    const say = scope.account === undefined ? note : cause;
    return [say("beyond-canary", "fall:force.rollout", {}, `rollout is canary; not reached: ${beyond.join(", ")}`, "pulumi config set --path fall:force.rollout organization")];
  },
};
