import { type Cases, UNKNOWN_TEXT } from "./case";

const template = '{"Resources":{}}';
const url = "https://code-bucket.s3.us-east-1.amazonaws.com/templates/global.json";
const stackSet = (props: Record<string, unknown>) => ({ type: "aws-native:cloudformation:StackSet", name: "set", props });
const object = (content: unknown, bucket = "code-bucket") => ({ type: "aws:s3/bucketObjectv2:BucketObjectv2", name: "object", props: { bucket, key: "templates/global.json", content } });
const byHash = `https://code.s3.us-east-1.amazonaws.com/templates/global-${"0a".repeat(32)}.json`;

export const cases: Cases = {
  passes: {
    "in the resource": [stackSet({ templateBody: template })],
    "in an object of the stack": [stackSet({ templateUrl: url }), object(template)],
    "in an object made of an asset": [stackSet({ templateUrl: url }), { ...object(undefined), props: { bucket: "code-bucket", key: "templates/global.json", source: { text: template, hash: "" } } }],
    "a stack's, elsewhere under its hash": [{ type: "aws-native:cloudformation:Stack", props: { templateUrl: byHash } }],
  },
  fails: {
    "none": [/no template/, stackSet({})],
    "unknown": [/not known/, stackSet({ templateBody: UNKNOWN_TEXT })],
    "an unknown URL": [/not known/, stackSet({ templateUrl: UNKNOWN_TEXT })],
    "a URL without an object": [/no object of this stack/, stackSet({ templateUrl: url })],
    "a URL of another bucket": [/no object of this stack/, stackSet({ templateUrl: url }), object(template, "other-bucket")],
    "a StackSet's, elsewhere under its hash": [/no object of this stack/, stackSet({ templateUrl: byHash })],
    "a stack's, elsewhere without a hash": [/no object of this stack/, { type: "aws-native:cloudformation:Stack", props: { templateUrl: url } }],
    "an object whose content is not known": [/not known/, stackSet({ templateUrl: url }), object(UNKNOWN_TEXT)],
    "a body that is no template": [/not JSON with Resources/, stackSet({ templateBody: "Resources: {}" })],
    "an object that is no template": [/not JSON with Resources/, stackSet({ templateUrl: url }), object("[]")],
  },
};
