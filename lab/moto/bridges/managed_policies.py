"""AWS managed policies, made when a role first names one."""

import json
from functools import lru_cache

from moto.iam.models import AWSManagedPolicy, IAMBackend, aws_managed_policies_data

NAME = "managed-policies"
LACKS = "AWS managed policies exist in no account, or all 1,300 of them are parsed again for every account"
DOES = "the text of a managed policy is loaded when it is first attached or read"

PREFIX = "arn:aws:iam::aws:policy"


@lru_cache(maxsize=1)
def by_arn():
    data = json.loads(aws_managed_policies_data)
    return {f"{PREFIX}{policy.get('Path') or '/'}{name}": (name, policy) for name, policy in data.items()}


def loading(method):
    """`method(self, policy_arn, ...)`, with the AWS managed policy of that ARN made first if it is missing."""

    def wrapped(self, policy_arn, *rest, **named):
        if policy_arn.startswith(PREFIX) and policy_arn not in self.managed_policies and policy_arn in by_arn():
            name, policy = by_arn()[policy_arn]
            made = AWSManagedPolicy.from_data(name, self.account_id, self.region_name, policy)
            self.managed_policies[policy_arn] = made
        return method(self, policy_arn, *rest, **named)

    return wrapped


def apply() -> None:
    for name in ("attach_role_policy", "attach_user_policy", "attach_group_policy", "get_policy", "get_policy_version"):
        setattr(IAMBackend, name, loading(getattr(IAMBackend, name)))
