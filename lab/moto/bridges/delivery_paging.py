"""Paging and the source filter of the Describe calls for deliveries."""

import json

from moto.logs.responses import LogsResponse

NAME = "delivery-paging"
LACKS = "DescribeDeliveries, DescribeDeliverySources and DescribeDeliveryDestinations answer all at once, unfiltered"
DOES = "pages of `limit`, 50 at most, with nextToken; DescribeDeliveries filters by deliverySourceNames"

MOST = 50


def paged(field, items):
    """A handler that answers one page of `items(backend, request)` under `field`."""

    def handler(self):
        limit = min(int(self._get_param("limit") or MOST), MOST)
        start = int(self._get_param("nextToken") or 0)
        all_items = items(self)
        page = {field: [item.to_dict() for item in all_items[start : start + limit]]}
        if start + limit < len(all_items):
            page["nextToken"] = str(start + limit)
        return json.dumps(page)

    return handler


def deliveries(response):
    wanted = response._get_param("deliverySourceNames")
    found = response.logs_backend.describe_deliveries()
    return [d for d in found if not wanted or d.delivery_source_name in wanted]


def apply() -> None:
    LogsResponse.describe_deliveries = paged("deliveries", deliveries)
    LogsResponse.describe_delivery_sources = paged(
        "deliverySources", lambda response: response.logs_backend.describe_delivery_sources()
    )
    LogsResponse.describe_delivery_destinations = paged(
        "deliveryDestinations", lambda response: response.logs_backend.describe_delivery_destinations()
    )
