import { ordinary } from "../../infra/documents/configurations-for-tests";
import { trailSelectors } from "../../infra/documents/trail-selectors";
import { servicesSchema } from "../../infra/config/services";
import { type Cases, type Given } from "./case";

const configuration = { ...ordinary, services: servicesSchema.parse({ trail: { streamDays: 90 } }) };
const advancedEventSelectors = trailSelectors(configuration);
const good = {
  name: "fall-organization-trail", region: "us-east-1", isOrganizationTrail: true, isMultiRegionTrail: true, enableLogFileValidation: true,
  s3BucketName: "aws-fall-log-storage-222222222222-us-east-1", kmsKeyId: "arn:aws:kms:us-east-1:222222222222:alias/fall-trail",
  cloudWatchLogsGroupArn: "arn:aws:logs:us-east-1:111111111111:log-group:/fall/organization-trail:*", cloudWatchLogsRoleArn: "arn:aws:iam::111111111111:role/fall/trail-stream",
  insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
  advancedEventSelectors,
};
const trail = (props: object = {}): Given => ({ type: "aws:cloudtrail/trail:Trail", name: "organization", props: { ...good, ...props } });
const group = (retentionInDays?: number): Given => ({ type: "aws:cloudwatch/logGroup:LogGroup", name: "group", props: { name: "/fall/organization-trail", region: "us-east-1", retentionInDays } });
const narrowed = (name: string, more: object) => trail({ advancedEventSelectors: advancedEventSelectors.map((one) => (one.name === name ? { ...one, fieldSelectors: [...one.fieldSelectors, more] } : one)) });

export const cases: Cases = {
  configuration,
  passes: {
    "all that the configuration says": [trail(), group(90)],
    "as AWS answers": [trail({ kmsKeyId: "arn:aws:kms:us-east-1:222222222222:key/1", enableLogging: true, eventSelectors: [], s3KeyPrefix: "", includeGlobalServiceEvents: true }), group(90)],
  },
  fails: {
    "none": [/The trail fall-organization-trail is missing/, group(90)],
    "one Region": [/isMultiRegionTrail is false, true is wanted/, trail({ isMultiRegionTrail: false }), group(90)],
    "one account": [/isOrganizationTrail is absent, true is wanted/, trail({ isOrganizationTrail: undefined }), group(90)],
    "one that is not validated": [/enableLogFileValidation is false/, trail({ enableLogFileValidation: false }), group(90)],
    "one that is off": [/enableLogging is false/, trail({ enableLogging: false }), group(90)],
    "another bucket": [/s3BucketName is "own"/, trail({ s3BucketName: "own" }), group(90)],
    "no key": [/kmsKeyId is absent/, trail({ kmsKeyId: undefined }), group(90)],
    "another account's key": [/kmsKeyId is "arn:aws:kms:us-east-1:999999999999:key\/1"/, trail({ kmsKeyId: "arn:aws:kms:us-east-1:999999999999:key/1" }), group(90)],
    "no insights": [/insightSelectors is absent/, trail({ insightSelectors: undefined }), group(90)],
    "no data events": [/The trail's events of objects/, trail({ advancedEventSelectors: advancedEventSelectors.slice(0, 1) }), group(90)],
    "management events that only write": [/The trail's management events/, narrowed("Management events", { field: "readOnly", equals: ["false"] }), group(90)],
    "functions but one": [/The trail's events of functions/, narrowed("Invocations of functions", { field: "resources.ARN", notEquals: ["arn:aws:lambda:us-east-1:444444444444:function:mine"] }), group(90)],
    "no stream": [/cloudWatchLogsGroupArn is absent/, trail({ cloudWatchLogsGroupArn: undefined }), group(90)],
    "a stream that is kept for a week": [/retentionInDays is 7, 90 or more is wanted/, trail(), group(7)],
  },
};
