"""Bucket policies are judged by the proxy alone."""

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

NAME = "bucket-policies"
LACKS = "a bucket policy's statements are applied without their principals and conditions, so that a narrow Deny refuses everybody"
DOES = "moto keeps the policy and does not apply it; the proxy judges it, with principals and conditions, before the call"


def apply() -> None:
    # Permitted and not neutral, which would leave the decision to the access control lists of the bucket and object.
    FakeBucket.get_permission = lambda self, action, resource: PermissionResult.PERMITTED
