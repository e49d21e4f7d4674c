"""A bucket takes access logs if its policy lets the logging service write under the prefix."""

import json
from typing import Any

from moto.s3.models import FakeBucket

NAME = "access-log-targets"
LACKS = "a target bucket's policy is read as one statement for the logging service, and a Principal that is text fails"
DOES = "moto looks through every Allow of the policy for s3:PutObject by logging.s3.amazonaws.com under the target's prefix"


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def admits(statement: dict[str, Any], arn: str) -> bool:
    principal = statement.get("Principal")
    services = listed(principal.get("Service")) if isinstance(principal, dict) else []
    return (
        statement["Effect"] == "Allow"
        and "logging.s3.amazonaws.com" in services
        and "s3:PutObject" in listed(statement.get("Action"))
        and any(resource.startswith(arn) for resource in listed(statement.get("Resource", "")))
    )


def permitted(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    if not target_bucket.policy:
        return False
    arn = f"arn:aws:s3:::{target_bucket.name}/{target_prefix or ''}"
    return any(admits(statement, arn) for statement in json.loads(target_bucket.policy.decode())["Statement"])


def apply() -> None:
    FakeBucket._log_permissions_enabled_policy = staticmethod(permitted)
