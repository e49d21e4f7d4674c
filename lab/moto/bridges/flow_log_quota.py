"""The quota of two flow logs a VPC, subnet or network interface."""

from moto.ec2.models.flow_logs import FlowLogsBackend

NAME = "flow-log-quota"
LACKS = "any number of flow logs can be made for one VPC"
DOES = (
    "a third flow log of one resource is answered FlowLogsLimitExceeded under `unsuccessful`"
    " (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html says two;"
    " the error's name is in EC2's list of error codes, its place in the answer is not confirmed on live AWS)"
)

QUOTA = 2


def limited(create):
    def create_flow_logs(self, resource_type, resource_ids, *rest, **named):
        full = [r for r in resource_ids if sum(f.resource_id == r for f in list(self.flow_logs.values())) >= QUOTA]
        made, unsuccessful = create(self, resource_type, [r for r in resource_ids if r not in full], *rest, **named)
        message = "You've reached the limit on the number of flow logs you can create."
        return made, unsuccessful + [(r, "FlowLogsLimitExceeded", message) for r in full]

    return create_flow_logs


def apply() -> None:
    # EC2Backend inherits the method, so the class that defines it is the one place to change.
    FlowLogsBackend.create_flow_logs = limited(FlowLogsBackend.create_flow_logs)
