"""Policies of AWS Organizations for Amazon GuardDuty."""

from moto.organizations.models import FakePolicy, FakeRoot

NAME = "guardduty-policies"
LACKS = "the policy type GUARDDUTY_POLICY is not known"
DOES = "it is stored and attached like any other type; no detector follows from it"

TYPE = "GUARDDUTY_POLICY"


def known(method):
    """`FakePolicy.__init__`, for the type that it has no ARN for: made as a tag policy, of which only the ARN stays."""

    def wrapped(self, organization, **named):
        if named.get("Type") != TYPE:
            return method(self, organization, **named)
        method(self, organization, **{**named, "Type": "TAG_POLICY"})
        self.type = TYPE
        self._arn_format = self._arn_format.replace("tag_policy", TYPE.lower())

    return wrapped


def apply() -> None:
    for holder in (FakeRoot, FakePolicy):
        if TYPE not in holder.SUPPORTED_POLICY_TYPES:
            holder.SUPPORTED_POLICY_TYPES = [*holder.SUPPORTED_POLICY_TYPES, TYPE]
    FakePolicy.__init__ = known(FakePolicy.__init__)
