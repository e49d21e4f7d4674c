/** What the configuration says of workloads' own logs, as what their buckets and keys are meant to allow. */
import type { Configuration } from "../infra/config/configuration";
import type { Store } from "../infra/documents/stores";
import { namesFor } from "../infra/names";
import type { Grant } from "./meaning";

type Place = Configuration["logs"]["places"][number];

export interface PlaceOf {
  readonly name: string;
  /** ARN pattern of its objects. */
  readonly objects: string;
  /** ARN patterns of the roles that put them; none where a service does. */
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly place: Place;
  readonly bucket: string;
  readonly keys: string;
}

/** The places of a class of bucket in a Region. */
export function placesOf(config: Configuration, { store, region }: Pick<Store, "store" | "region">): readonly PlaceOf[] {
  const bucket = namesFor(config).bucketArnOf("storage", store, region);
  return config.logs.places
    .filter((place) => place.region === region && store === (place.pii ? "pii" : "places"))
    .map((place) => {
      const keys = `${place.keepDays}d/${place.name}/*`;
      return { name: place.name, objects: `${bucket}/${keys}`, writers: typeof place.writer === "string" ? [place.writer] : [], readers: place.readers, place, bucket, keys };
    });
}

const roots = (arns: readonly string[]) => ({ AWS: [...new Set(arns.map((arn) => `arn:aws:iam::${arn.split(":")[4]}:root`))] });
const whose = (arns: readonly string[]) => ({ ArnLike: { "aws:PrincipalArn": arns } });

const writer = ({ place: { writer: one } }: PlaceOf) =>
  typeof one === "string" ? { Principal: roots([one]), condition: whose([one]) } : { Principal: { Service: one.service }, condition: { StringEquals: { "aws:SourceAccount": one.account } } };

/** On the bucket: one puts, some find and get, each under the place's keys alone. */
export const onBucket = (one: PlaceOf): readonly Grant[] => {
  const { name, objects, readers, bucket, keys } = one;
  const { Principal, condition } = writer(one);
  return [
    { Sid: `${name} written`, Principal, Action: "s3:PutObject", Resource: objects, Condition: condition },
    ...(readers.length === 0
      ? []
      : [
          { Sid: `${name} read`, Principal: roots(readers), Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource: objects, Condition: whose(readers) },
          { Sid: `${name} found`, Principal: roots(readers), Action: "s3:ListBucket", Resource: bucket, Condition: { ...whose(readers), StringLike: { "s3:prefix": keys } } },
        ]),
  ];
};

/** On the key: the same ones encrypt and decrypt, through Amazon S3, for objects of the place. */
export const onKey = (one: PlaceOf): readonly Grant[] => {
  const { name, objects, readers, writers, place: { region } } = one;
  const { Principal, condition } = writer(one);
  const context = { StringLike: { "kms:EncryptionContext:aws:s3:arn": objects } };
  const through = { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
  return [
    { Sid: `${name} encrypted`, Principal, Action: "kms:GenerateDataKey", Resource: "*", Condition: { ...condition, ...context, ...(writers.length > 0 && through) } },
    ...(readers.length === 0 ? [] : [{ Sid: `${name} decrypted`, Principal: roots(readers), Action: "kms:Decrypt", Resource: "*", Condition: { ...whose(readers), ...context, ...through } }]),
  ];
};
