"""The service principals of StackSets in AWS Organizations."""

from moto.organizations.models import FakeDelegatedAdministrator, FakeServiceAccess

NAME = "stack-sets-administrator"
LACKS = "RegisterDelegatedAdministrator and EnableAWSServiceAccess do not know StackSets' service principal"
DOES = (
    "it is added to moto's own tables"
    " (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html)"
)

PRINCIPAL = "member.org.stacksets.cloudformation.amazonaws.com"


def apply() -> None:
    for table in (FakeServiceAccess.TRUSTED_SERVICES, FakeDelegatedAdministrator.SUPPORTED_SERVICES):
        if PRINCIPAL not in table:
            table.append(PRINCIPAL)
