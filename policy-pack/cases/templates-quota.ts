import type { Cases } from "./case";

const template = (length: number) => {
  const text = (padding: string) => JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Description: padding, Resources: {} });
  return text("a".repeat(length - text("").length));
};
const stackSet = (length: number) => ({ type: "aws-native:cloudformation:StackSet", props: { templateBody: template(length) } });
const object = (length: number) => ({ type: "aws:s3/bucketObjectv2:BucketObjectv2", props: { content: template(length) } });

export const cases: Cases = {
  passes: { "51,200 bytes inline": [stackSet(51_200)], "1 MB from Amazon S3": [object(1_048_576)] },
  fails: { "one more inline": [/51201 bytes/, stackSet(51_201)], "one more from Amazon S3": [/1048577 bytes/, object(1_048_577)] },
};
