"""Log types of PutDeliverySource, and AWS's rule of one source a resource and log type."""

from moto.cloudfront.models import cloudfront_backends
from moto.elbv2.models import elbv2_backends
from moto.logs.exceptions import ConflictException, ResourceNotFoundException, ValidationException
from moto.logs.models import DeliverySource, LogsBackend
from moto.s3.models import s3_backends

NAME = "delivery-sources"
LACKS = "PutDeliverySource knows no ELB and S3 log types, lets one resource have two sources of one log type, takes one that is gone"
DOES = "the table of log types is widened from the API reference; a second source is a ConflictException, and a resource that is gone a ResourceNotFoundException"

# Service of the resource's ARN -> log types, from the API reference of PutDeliverySource (botocore 1.44.5).
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
LOG_TYPES = {
    "bedrock": ["APPLICATION_LOGS", "EVENT_LOGS"],
    "cloudfront": ["ACCESS_LOGS", "CONNECTION_LOGS"],
    "codewhisperer": ["EVENT_LOGS"],
    "elasticloadbalancing": ["ALB_ACCESS_LOGS", "ALB_CONNECTION_LOGS", "ALB_HEALTH_CHECK_LOGS", "NLB_ACCESS_LOGS"],
    "events": ["INFO_LOGS", "ERROR_LOGS"],
    "mediapackage": ["EGRESS_ACCESS_LOGS", "INGRESS_ACCESS_LOGS"],
    "mediatailor": ["AD_DECISION_SERVER_LOGS", "MANIFEST_SERVICE_LOGS", "TRANSCODE_LOGS"],
    "qdeveloper": ["EVENT_LOGS"],
    "s3": ["S3_SERVER_ACCESS_LOGS"],
    "ses": ["APPLICATION_LOGS"],
    "sso": ["ERROR_LOGS"],
}
KIND_OF_LOAD_BALANCER = {"app": "ALB_", "net": "NLB_"}


def exists(backend, resource_arn):
    """Whether the resource stands in the caller's account; services that the lab has no resources of are believed."""
    account, region = backend.account_id, backend.region_name
    service = resource_arn.split(":")[2]
    if service == "s3":
        return resource_arn.split(":::")[1] in s3_backends[account]["aws"].buckets
    if service == "elasticloadbalancing":
        return resource_arn in elbv2_backends[account][region].load_balancers
    if service == "cloudfront":
        return resource_arn.split("/")[1] in cloudfront_backends[account]["aws"].distributions
    return True


def put_delivery_source(self, name, resource_arn, log_type, tags):
    service = resource_arn.split(":")[2]
    if service not in LOG_TYPES:
        raise ResourceNotFoundException(msg="Cannot access provided service.")
    kind = resource_arn.split("/")[1] if service == "elasticloadbalancing" and "/" in resource_arn else ""
    if log_type not in LOG_TYPES[service] or not log_type.startswith(KIND_OF_LOAD_BALANCER.get(kind, "")):
        raise ValidationException(msg="This service is not allowed for this LogSource.")
    if not exists(self, resource_arn):
        raise ResourceNotFoundException(msg="The specified resource does not exist.")
    existing = self.delivery_sources.get(name)
    if existing:
        if tags:
            raise ConflictException(msg="Tags can only be provided when a resource is being created, not updated.")
        if resource_arn not in existing.resource_arns:
            raise ConflictException(
                msg="Update to existing Delivery Source with new ResourceId is not allowed. "
                "Please create a new Delivery Source instead."
            )
    for other in list(self.delivery_sources.values()):
        if other.name != name and resource_arn in other.resource_arns and other.log_type == log_type:
            raise ConflictException(
                msg="This ResourceId has already been used in another Delivery Source in this account."
            )
    source = DeliverySource(
        account_id=self.account_id,
        region=self.region_name,
        name=name,
        resource_arn=resource_arn,
        log_type=log_type,
        tags=existing.tags if existing else tags,
    )
    self.delivery_sources[name] = source
    if tags:
        self.tag_resource(source.arn, tags)
    return source


def apply() -> None:
    LogsBackend.put_delivery_source = put_delivery_source
