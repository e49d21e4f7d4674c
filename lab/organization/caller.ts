/** SDK clients that call through the proxy, one set for each principal and Region. */
import { Agent } from "node:http";
import type { Caller } from "../../functions/sources/exercise";
import type { Credentials, Proxy } from "../proxy";

export type { Caller } from "../../functions/sources/exercise";

type Constructor<T> = new (configuration: object) => T;

/** Somebody's credentials, from which a caller in any Region is made. */
export interface Person {
  readonly account: string;
  readonly credentials: Credentials;
}

export type CallerIn = (person: Person, region?: string) => Caller;

/** The Region of whoever names none: where the global services answer. */
export const HOME = "us-east-1";

/** Everybody's calls wait for the one emulator; that they wait is no news. */
const overConnections = () => ({ httpAgent: new Agent({ keepAlive: true, maxSockets: 32 }), socketAcquisitionWarningTimeout: 3_600_000 });

/**
 * Makes callers of the proxy or, by its URL alone, of the emulator itself. Their clients share connections.
 *
 * @param attempts how often the SDK tries; 1 shows every refusal and every fault as it is
 */
export function callersAt({ url: endpoint, requestHandler: within }: Pick<Proxy, "url"> & Partial<Pick<Proxy, "requestHandler">>, attempts = 1): CallerIn {
  const requestHandler = within ?? overConnections();
  const callers = new Map<string, Caller>();
  return ({ account, credentials }, region = HOME) => {
    const key = `${credentials.accessKeyId} ${account} ${region}`;
    const known = callers.get(key);
    if (known) return known;
    const clients = new Map<unknown, unknown>();
    const caller: Caller = {
      account,
      region,
      client<T>(constructor: Constructor<T>): T {
        if (!clients.has(constructor)) {
          clients.set(
            constructor,
            new constructor({
              endpoint,
              region,
              credentials,
              forcePathStyle: true,
              maxAttempts: attempts,
              requestHandler,
              requestChecksumCalculation: "WHEN_REQUIRED",
              responseChecksumValidation: "WHEN_REQUIRED",
            }),
          );
        }
        return clients.get(constructor) as T;
      },
    };
    callers.set(key, caller);
    return caller;
  };
}
