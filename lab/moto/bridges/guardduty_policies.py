"""Policies of AWS Organizations for Amazon GuardDuty."""

from moto.organizations.models import FakePolicy, FakeRoot

NAME = "guardduty-policies"
LACKS = "the policy type GUARDDUTY_POLICY is not known"
DOES = "it is stored and attached like any other type; no detector follows from it"


def apply() -> None:
    for holder in (FakeRoot, FakePolicy):
        if "GUARDDUTY_POLICY" not in holder.SUPPORTED_POLICY_TYPES:
            holder.SUPPORTED_POLICY_TYPES = [*holder.SUPPORTED_POLICY_TYPES, "GUARDDUTY_POLICY"]
