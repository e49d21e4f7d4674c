"""UpdateDeliveryConfiguration."""

from moto.logs.responses import LogsResponse

NAME = "delivery-update"
LACKS = "UpdateDeliveryConfiguration is not implemented"
DOES = "recordFields, fieldDelimiter and s3DeliveryConfiguration of an existing delivery are replaced"


def update_delivery_configuration(self):
    delivery = self.logs_backend.get_delivery(id=self._get_param("id"))
    for field, parameter in (
        ("record_fields", "recordFields"),
        ("field_delimiter", "fieldDelimiter"),
        ("s3_delivery_configuration", "s3DeliveryConfiguration"),
    ):
        value = self._get_param(parameter)
        if value is not None:
            setattr(delivery, field, value)
    return "{}"


def apply() -> None:
    LogsResponse.update_delivery_configuration = update_delivery_configuration
