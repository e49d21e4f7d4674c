/** The places of workloads' own logs: where each lies, and what its writer and its readers are let do there. */
import type { Condition } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import type { PlaceOfLogs } from "../config/logs";
import { namesFor } from "../names";
import type { Names } from "../names";
import { pascal } from "./lock-organization";
import { document } from "./policy";
import type { PolicyDocument, Principal, Statement } from "./policy";
import type { Store } from "./stores";

/** How the keys of what has a lifetime begin: by it alone the lifecycle tells them. */
export const lifetimePrefix = ({ keepDays }: Pick<PlaceOfLogs, "keepDays">): string => `${keepDays}d/`;

/** How the keys of a place begin. */
export const placePrefix = (place: Pick<PlaceOfLogs, "name" | "keepDays">): string => `${lifetimePrefix(place)}${place.name}/`;

export const classOf = ({ pii }: Pick<PlaceOfLogs, "pii">) => (pii ? "pii" : "places");

/** Of one bucket. */
export const placesIn = ({ logs }: Pick<Configuration, "logs">, region: string, store: Store["store"]): readonly PlaceOfLogs[] =>
  logs.places.filter((place) => place.region === region && classOf(place) === store);

/** ARN pattern of a place's objects. */
export const placeObjects = (names: Pick<Names, "bucketArnOf">, place: PlaceOfLogs): string =>
  `${names.bucketArnOf("storage", classOf(place), place.region)}/${placePrefix(place)}*`;

/** Accounts as principals, and by condition who of them: a role that is made again under its name is the same, and one to come may be named. */
function byArn(arns: readonly string[]): { readonly Principal: Principal; readonly Condition: Condition } {
  const accounts = [...new Set(arns.map((arn) => arn.split(":")[4]))].sort();
  return { Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) }, Condition: { ArnLike: { "aws:PrincipalArn": arns } } };
}

/** Who writes: a role, or a service for one account. */
function writerOf({ writer }: PlaceOfLogs): { readonly Principal: Principal; readonly Condition: Condition } {
  if (typeof writer === "string") return byArn([writer]);
  return { Principal: { Service: writer.service }, Condition: { StringEquals: { "aws:SourceAccount": writer.account } } };
}

/** Of the place's bucket: the writer puts, the readers find and get, under the place's keys alone. */
export function placeBucketGrants(config: Configuration, place: PlaceOfLogs): readonly Statement[] {
  const names = namesFor(config);
  const of = pascal(place.name);
  const Resource = placeObjects(names, place);
  const reading = byArn(place.readers);
  return [
    { Sid: `Write${of}`, Effect: "Allow", ...writerOf(place), Action: "s3:PutObject", Resource },
    ...(place.readers.length === 0
      ? []
      : [
          { Sid: `Read${of}`, Effect: "Allow" as const, ...reading, Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource },
          {
            Sid: `Find${of}`,
            Effect: "Allow" as const,
            Principal: reading.Principal,
            Action: "s3:ListBucket",
            Resource: names.bucketArnOf("storage", classOf(place), place.region),
            Condition: { ...reading.Condition, StringLike: { "s3:prefix": `${placePrefix(place)}*` } },
          },
        ]),
  ];
}

/**
 * Of the place's key: the writer gets data keys, the readers decrypt, through Amazon S3 and for the place's objects alone. A large
 * object that is written in parts asks its writer to decrypt as well, and is refused: one PutObject takes 5 GiB.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
export function placeKeyGrants(config: Configuration, place: PlaceOfLogs): readonly Statement[] {
  const of = pascal(place.name);
  const context = { "kms:EncryptionContext:aws:s3:arn": placeObjects(namesFor(config), place) };
  const through = { "kms:ViaService": `s3.${place.region}.amazonaws.com` };
  const { Principal, Condition } = writerOf(place);
  const reading = byArn(place.readers);
  // A service that writes for itself may come to the key without Amazon S3's name.
  const via: Condition = typeof place.writer === "string" ? { StringEquals: through } : {};
  return [
    { Sid: `Encrypt${of}`, Effect: "Allow", Principal, Action: "kms:GenerateDataKey", Resource: "*", Condition: { ...Condition, ...via, StringLike: context } },
    ...(place.readers.length === 0
      ? []
      : [{ Sid: `Decrypt${of}`, Effect: "Allow" as const, Principal: reading.Principal, Action: "kms:Decrypt", Resource: "*", Condition: { ...reading.Condition, StringEquals: through, StringLike: context } }]),
  ];
}

/** What the writer's own account has to let it do: the archive's policies let nobody do more. */
export const writerPolicy = (config: Configuration, place: PlaceOfLogs, key: string): PolicyDocument => {
  const objects = placeObjects(namesFor(config), place);
  return document([
    { Sid: "WriteLogs", Effect: "Allow", Action: "s3:PutObject", Resource: objects },
    {
      Sid: "EncryptLogs",
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": `s3.${place.region}.amazonaws.com` }, StringLike: { "kms:EncryptionContext:aws:s3:arn": objects } },
    },
  ]);
};
