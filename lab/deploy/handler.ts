/** How one type of resource is made, changed and deleted in AWS: one handler a type, of Pulumi or of CloudFormation. */
import type { Caller } from "../organization/caller";
import type { Credentials } from "../proxy";

/** Who deploys, and where. */
export interface Context {
  readonly account: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** The proxy's URL, for calls that have no SDK client here. */
  readonly endpoint: string;
  /** Clients of the deploying identity in this Region. */
  readonly caller: Caller;
}

/** A resource that was made: what deletes it again, and what others read of it. */
export interface Made {
  /** What `Ref` answers, and Pulumi's id. */
  readonly id: string;
  /** What `Fn::GetAtt` answers, and Pulumi's outputs: `Arn` or `arn`, ... */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Handler<Props> {
  create(context: Context, props: Props): Promise<Made>;
  /** Left out where AWS knows no change in place: the resource is then deleted and made again. */
  update?(context: Context, props: Props, before: { readonly props: Props; readonly made: Made }): Promise<Made>;
  remove(context: Context, made: Made, props: Props): Promise<void>;
}

export type AnyHandler = Handler<Readonly<Record<string, unknown>>>;

/** States which properties a handler reads, once; the program and the template are what they are typed by. */
export const handler = <Props>(typed: Handler<Props>): AnyHandler => typed as unknown as AnyHandler;

/**
 * A setting of another resource (a bucket's versioning): made and changed by the same call, and gone with the resource
 * or by a call of its own.
 */
export function setting<Props>(
  id: (props: Props) => string,
  put: (context: Context, props: Props) => Promise<unknown>,
  remove: (context: Context, props: Props) => Promise<unknown> = () => Promise.resolve(),
): AnyHandler {
  const make = async (context: Context, props: Props): Promise<Made> => {
    await put(context, props);
    return { id: id(props), attributes: {} };
  };
  return handler<Props>({ create: make, update: make, remove: async (context, _, props) => void (await remove(context, props)) });
}
