/** Readers for what records, and whoever administers it: nothing but settings, which rules look up by name (`wanted.ts`). */
import type { Reader } from "./reader";

const settings: Reader = (resource) => [{ kind: "settings", resource }];

export const settingsReaders: Readonly<Record<string, Reader>> = Object.fromEntries(
  [
    "accessanalyzer:analyzer",
    "athena:workgroup",
    "cloudtrail:trail",
    // Its policy is a resource of its own.
    "cloudwatch:logdeliverydestination",
    "config:configurationaggregator",
    "config:configurationrecorder",
    "config:deliverychannel",
    "guardduty:detector",
    "guardduty:organizationadminaccount",
    "guardduty:publishingdestination",
    "iam:openidconnectprovider",
    "logs:loggroup",
    "organizations:delegatedadministrator",
    "securityhub:account",
    "securityhub:findingaggregator",
    "securityhub:organizationadminaccount",
    "securityhub:organizationconfiguration",
  ].map((type) => [type, settings]),
);
