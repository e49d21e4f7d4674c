"""The service principals of StackSets and AWS Config in AWS Organizations."""

from moto.organizations.models import FakeDelegatedAdministrator, FakeServiceAccess

NAME = "stack-sets-administrator"
LACKS = "RegisterDelegatedAdministrator and EnableAWSServiceAccess do not know StackSets' service principal, nor the former AWS Config's"
DOES = (
    "they are added to moto's own tables"
    " (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html)"
)

PRINCIPALS = ("member.org.stacksets.cloudformation.amazonaws.com", "config.amazonaws.com")


def apply() -> None:
    for table in (FakeServiceAccess.TRUSTED_SERVICES, FakeDelegatedAdministrator.SUPPORTED_SERVICES):
        table.extend(principal for principal in PRINCIPALS if principal not in table)
