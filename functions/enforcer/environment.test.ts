import { names } from "../names-for-tests";
import { enforcerEnvironment, settingsFrom } from "./environment";

const environment = { ...enforcerEnvironment(names, "switch"), AWS_REGION: "eu-central-1" };
const arn = "arn:aws:lambda:eu-central-1:444444444444:function:fall-enforcer-vpc";

test("what the template gives is what the enforcer reads", () => {
  const settings = settingsFrom(environment, arn);
  expect(settings).toMatchObject({ account: "444444444444", region: "eu-central-1", via: "switch", busArn: names.busArn });
  expect(settings.names.logBucketArn("kms", "eu-central-1")).toBe(names.logBucketArn("kms", "eu-central-1"));
});

test.each(Object.keys(environment))("%s is named where it is missing", (name) => {
  expect(() => settingsFrom({ ...environment, [name]: undefined }, arn)).toThrow(name);
});

test("a way that does not exist is named", () => {
  expect(() => settingsFrom({ ...environment, FALL_VIA: "pigeon" }, arn)).toThrow('FALL_VIA is "pigeon": delivery or switch is allowed');
});

test("an ARN without account is named", () => expect(() => settingsFrom(environment, "fall")).toThrow('"fall" names no account'));
