/** What the proxy in front of moto takes and gives. */
import type { Decision, LayerName, LayerVerdict, Principal } from "../../policy-pack/evaluator/types";
import type { Faults } from "./faults";
import type { Registry } from "./registry";
import type { RequestHandler } from "./within";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** One (action, resource) that a call had to be allowed, and how it was judged. */
export interface Authorisation {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly decision: Decision["decision"];
  readonly deniedBy?: LayerName;
  readonly layers: Readonly<Record<LayerName, LayerVerdict>>;
}

/** One call, as the proxy saw it. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `ec2:CreateFlowLogs`: the service's IAM prefix and the API operation. */
  readonly operation: string;
  readonly principal: Principal;
  /** The label that the registry was given for these credentials, or the session's name. */
  readonly label: string;
  readonly account: string;
  readonly region: string;
  /** The request's parameters by the API model's names. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly authorisations: readonly Authorisation[];
  readonly decision: "allowed" | "denied";
  /** HTTP status of the answer. */
  status: number;
  /** The error's code, if it was one. */
  error?: string;
  /** Milliseconds until the answer, the emulator's time included. */
  duration: number;
  /** Milliseconds of it that were the proxy's own. */
  own: number;
}

/** An event of an AWS service, as EventBridge delivers it. */
export interface AwsEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  /** `aws.ec2` */
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What EventBridge delivers for a CloudTrail record. */
export interface CloudTrailEvent extends AwsEvent {
  readonly "detail-type": "AWS API Call via CloudTrail";
  readonly detail: Readonly<Record<string, unknown>> & { readonly eventSource: string; readonly eventName: string; readonly errorCode?: string; readonly errorMessage?: string };
}

/** The answer to a call that the lab gives itself instead of moto. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A call that has been allowed, offered to a handler before it would reach moto. */
export interface AllowedCall {
  readonly call: Call;
  readonly credentials: Credentials;
  readonly body: Buffer;
  /** Passes the call on to moto. */
  forward(): Promise<Answer>;
}

/** Stands in for moto where the lab itself plays the service: `lambda:Invoke`, `cloudformation:CreateStack`. */
export type Handler = (allowed: AllowedCall) => Promise<Answer>;

export interface ProxyOptions {
  readonly motoUrl: string;
  /** Called once for each management event that CloudTrail would record of a change or a refusal. */
  readonly onEvent?: (event: CloudTrailEvent) => void;
  readonly onCall?: (call: Call) => void;
  /** By `service:Operation`. */
  readonly handlers?: Readonly<Record<string, Handler>>;
}

/** A request that is judged without an HTTP call: an AWS service writing a log, for one. */
export interface ServiceRequest {
  /** `delivery.logs.amazonaws.com` */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly region: string;
  /** The ARN of a role that the service has taken on; then it is the role that is judged. */
  readonly role?: string;
  /** On whose behalf: aws:SourceAccount, aws:SourceArn; aws:SourceOrgID follows from the account. */
  readonly sourceAccount?: string;
  readonly sourceArn?: string;
  /** Further condition keys. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Proxy {
  /** The endpoint for every AWS client of the lab. S3 clients need forcePathStyle. */
  readonly url: string;
  /** For clients of this process, whose requests need no connection. */
  readonly requestHandler: RequestHandler;
  readonly registry: Registry;
  readonly faults: Faults;
  /** Every call since the start, refused ones included, in the order of their ends. */
  readonly calls: readonly Call[];
  /** What the proxy itself could not do: a call it does not know, a fault of its own. A run with any has failed. */
  readonly failures: readonly string[];
  /** By `service:Operation`; may be added to while the proxy runs. */
  readonly handlers: Record<string, Handler>;
  /** Judges a request of an AWS service and records it like a call. */
  authorise(request: ServiceRequest): Promise<Authorisation>;
  /**
   * Credentials of a role, as an AWS service takes them on (Lambda for a function, CloudFormation for a stack):
   * the role's trust policy is judged.
   *
   * @throws Error naming the role and the layer that refused
   */
  assumeAsService(request: { service: string; roleArn: string; sessionName: string; region?: string; sourceAccount?: string; sourceArn?: string }): Promise<Credentials>;
  stop(): Promise<void>;
}
