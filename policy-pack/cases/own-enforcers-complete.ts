import { ordinary } from "../../infra/documents/configurations-for-tests";
import { type Cases, type Given } from "./case";

const stack = (stackName: string, template: string, region: string, props: object = {}): Given => ({
  type: "aws-native:cloudformation:Stack", name: `${stackName}-${region}`,
  props: { stackName, enableTerminationProtection: true, capabilities: ["CAPABILITY_NAMED_IAM"], templateUrl: `https://fall-code-333333333333-${region}.s3.${region}.amazonaws.com/templates/${template}-${"0".repeat(64)}.json`, ...props },
});
const global = stack("fall-own-global", "global", "us-east-1");
const regional = (region: string, props?: object) => stack("fall-own-regional", "regional", region, props);
const home = regional("us-east-1");

export const cases: Cases = {
  configuration: ordinary,
  passes: { "a stack a Region, and one for all": [global, home, regional("eu-central-1")] },
  fails: {
    "a Region without": [/fall-own-regional in eu-central-1 is missing/, global, home],
    "none for all": [/fall-own-global in us-east-1 is missing/, home, regional("eu-central-1")],
    "one that a slip deletes": [/enableTerminationProtection is false/, global, home, regional("eu-central-1", { enableTerminationProtection: false })],
    "one that may make no roles": [/capabilities is absent/, global, home, regional("eu-central-1", { capabilities: undefined })],
    "a template from elsewhere": [/templateUrl is "https:\/\/own/, global, home, regional("eu-central-1", { templateUrl: "https://own.s3.amazonaws.com/templates/regional.json" })],
  },
};
