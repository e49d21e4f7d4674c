import { type Cases, document } from "./case";

const key = (props: object, type = "aws:kms/key:Key") => ({ type, props: { policy: document(), enableKeyRotation: true, ...props } });

export const cases: Cases = {
  passes: {
    "a key that is rotated": [key({ deletionWindowInDays: 30 })],
    "AWS's own window": [key({})],
    "a key of a template": [{ type: "AWS::KMS::Key", props: { EnableKeyRotation: true, PendingWindowInDays: 30, Enabled: true } }],
  },
  fails: {
    "one that is not rotated": [/not rotated/, key({ enableKeyRotation: false })],
    "one of which it is not said": [/not rotated/, key({ enableKeyRotation: undefined })],
    "one that is gone in a week": [/after 7 days; 30 are allowed/, key({ deletionWindowInDays: 7 })],
    "one that is disabled": [/disabled/, key({ isEnabled: false })],
  },
};
