"""DescribeConfigurationTemplates."""

import json

from moto.logs.models import Delivery
from moto.logs.responses import LogsResponse

from .delivery_sources import LOG_TYPES

NAME = "delivery-templates"
LACKS = "DescribeConfigurationTemplates is not implemented"
DOES = "the defaults that moto itself gives a delivery to S3, as the template of each log type asked for"


def describe_configuration_templates(self):
    wanted = self._get_param("logTypes") or []
    plain = Delivery("", "", "", "", "S3", None, None, None, None)
    defaults = {
        "recordFields": plain.record_fields,
        "s3DeliveryConfiguration": plain.s3_delivery_configuration,
    }
    templates = [
        {"service": service, "logType": log_type, "deliveryDestinationType": "S3", "defaultDeliveryConfigValues": defaults}
        for service, log_types in LOG_TYPES.items()
        for log_type in log_types
        if not wanted or log_type in wanted
    ]
    return json.dumps({"configurationTemplates": templates})


def apply() -> None:
    LogsResponse.describe_configuration_templates = describe_configuration_templates
