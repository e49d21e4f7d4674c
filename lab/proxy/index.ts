/** The authorising proxy in front of moto: every call of the lab goes through it. */
export type { Fault, Faults } from "./faults";
export type { Identity, Registry } from "./registry";
export type { Answer, AllowedCall, Authorisation, AwsEvent, Call, CloudTrailEvent, Credentials, Handler, Proxy, ProxyOptions, ServiceRequest } from "./types";
export { proxyBridges } from "./bridges";
export { makeForwarder, type Forwarder } from "./forward";
export { startProxy } from "./start";
