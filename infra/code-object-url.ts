/** Where CloudFormation reads an object of a Region's code bucket. */
import type { Names } from "./names";

export function codeObjectUrl({ codeBucket }: Names, region: string, key: string): string {
  return `https://${codeBucket(region)}.s3.${region}.amazonaws.com/${key}`;
}
