"""CreateDelivery onto a destination of another account, and tags that follow TagResource."""

from moto.logs.exceptions import ConflictException, ResourceNotFoundException
from moto.logs.models import Delivery, LogsBackend, logs_backends

NAME = "cross-account-delivery"
LACKS = "CreateDelivery looks for the destination in the caller's own account and Region only"
DOES = "the destination is looked up by its ARN in the account that owns it (the proxy judges its policy)"


def destination(arn):
    """The delivery destination of that ARN in whichever account holds it."""
    fields = arn.split(":")
    if len(fields) == 7 and fields[5] == "delivery-destination":
        found = logs_backends[fields[4]][fields[3]].delivery_destinations.get(fields[6])
        if found:
            return found
    raise ResourceNotFoundException(msg="Requested Delivery Destination does not exist in this account.")


def create_delivery(
    self, delivery_source_name, delivery_destination_arn, record_fields, field_delimiter, s3_delivery_configuration, tags
):
    if delivery_source_name not in self.delivery_sources:
        raise ResourceNotFoundException(msg="Requested Delivery Source does not exist in this account.")
    to = destination(delivery_destination_arn)
    for other in list(self.deliveries.values()):
        if other.delivery_source_name == delivery_source_name:
            if other.delivery_destination_arn == delivery_destination_arn:
                raise ConflictException(msg="The specified Delivery already exists")
            if other.destination_type == to.delivery_destination_type:
                raise ConflictException(
                    msg="Delivery already exists for this Delivery Source with the same Delivery Destination Type."
                )
    delivery = Delivery(
        account_id=self.account_id,
        region=self.region_name,
        delivery_source_name=delivery_source_name,
        delivery_destination_arn=delivery_destination_arn,
        destination_type=to.delivery_destination_type,
        record_fields=record_fields,
        field_delimiter=field_delimiter,
        s3_delivery_configuration=s3_delivery_configuration,
        tags=tags,
    )
    self.deliveries[delivery.id] = delivery
    if tags:
        self.tag_resource(delivery.arn, tags)
    return delivery


def with_current_tags(described):
    """What Describe and Get answer shows the tags of TagResource and UntagResource, as AWS does."""

    def to_dict(self):
        answer = described(self)
        _, _, _, region, account, *_ = self.arn.split(":")
        tags = logs_backends[account][region].list_tags_for_resource(self.arn)
        answer.pop("tags", None)
        return {**answer, "tags": tags} if tags else answer

    return to_dict


def apply() -> None:
    from moto.logs.models import DeliveryDestination, DeliverySource

    LogsBackend.create_delivery = create_delivery
    for kind in (Delivery, DeliverySource, DeliveryDestination):
        kind.to_dict = with_current_tags(kind.to_dict)
