/** Environment variables that every function has, and how each reads its own. */
import { namesFor, type Names } from "../infra/names";

export type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable. @throws Error naming it where it is not set */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** An environment variable that holds a JSON list. @throws Error naming it where it does not */
export function requiredList<T>(environment: Environment, name: string): readonly T[] {
  const parsed: unknown = JSON.parse(required(environment, name));
  if (!Array.isArray(parsed)) throw new Error(`the environment variable ${name} is not a JSON list`);
  return parsed as readonly T[];
}

/** The variables from which `namesIn` makes the names again. */
export function namesEnvironment(names: Names): Record<string, string> {
  return {
    FALL_PREFIX: names.prefix,
    FALL_MANAGEMENT_ACCOUNT: names.accounts.management,
    FALL_LOG_ARCHIVE_ACCOUNT: names.accounts.logArchive,
    FALL_DELEGATED_ACCOUNT: names.accounts.delegated,
    ...(names.accounts.backup !== undefined && { FALL_BACKUP_ACCOUNT: names.accounts.backup }),
  };
}

/** @throws Error naming the variable that is not set */
export function namesIn(environment: Environment): Names {
  return namesFor({
    prefix: required(environment, "FALL_PREFIX"),
    accounts: {
      management: required(environment, "FALL_MANAGEMENT_ACCOUNT"),
      logArchive: required(environment, "FALL_LOG_ARCHIVE_ACCOUNT"),
      delegated: required(environment, "FALL_DELEGATED_ACCOUNT"),
      ...(environment.FALL_BACKUP_ACCOUNT !== undefined && { backup: environment.FALL_BACKUP_ACCOUNT }),
    },
    homeRegion: "us-east-1",
  });
}
