import type { Proxy, ProxyOptions } from "./types";

/** Starts the proxy on a free port of the loopback interface. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  throw new Error(`the proxy in front of ${options.motoUrl} is being written`);
}
