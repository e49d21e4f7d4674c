"""Event rules: what they match is handed to the lab, which delivers it to the targets through the proxy."""

import json
import threading

from moto.core.utils import iso_8601_datetime_without_milliseconds, utcfromtimestamp
from moto.events.models import EventTemplateParser, Rule
from moto.events.responses import EventsHandler

NAME = "rule-targets"
LACKS = (
    "a Lambda target fails the whole PutEvents, other targets are written without judging any policy, an event that"
    " crosses to another bus loses its account, disabled rules match, reads reach every rule, and a rule without a pattern matches everything"
)
DOES = (
    "PutEvents answers which rules matched (moto's own pattern matching) and their targets, under Deliveries;"
    " lab/runtime delivers them as EventBridge would: judged by the proxy, retried, to the dead-letter queue at last"
)

matched = threading.local()


def event_of(original):
    """The event as a target sees it."""
    event = {key: value for key, value in original.items() if key != "ingestion-time"}
    if isinstance(event["time"], (int, float)):
        event["time"] = iso_8601_datetime_without_milliseconds(utcfromtimestamp(event["time"]))
    return event


def input_of(target, original, event):
    if "Input" in target:
        return json.loads(target["Input"])
    transformer = target.get("InputTransformer")
    if transformer:
        return EventTemplateParser.parse(transformer.get("InputTemplate"), transformer.get("InputPathsMap", {}), original)
    return event


def sees(rule, event):
    """Read-only management events come only to a rule that asks for them.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
    """
    if rule.state == "ENABLED":
        return not (event["detail-type"] == "AWS API Call via CloudTrail" and event["detail"].get("readOnly") is True)
    return rule.state == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def send_to_targets(self, original_event, transform_input=True):
    if not sees(self, original_event) or not self.event_pattern._pattern or not self.event_pattern.matches_event(original_event):
        return
    event = event_of(original_event)
    for target in list(self.targets):
        delivery = {"rule": self.arn, "id": event["id"], "target": target, "input": input_of(target, original_event, event)}
        # What moto itself sends (S3's notifications) is in no PutEvents of the lab's, and nothing of ours listens to it.
        vars(matched).setdefault("deliveries", []).append(delivery)


def telling(put_events):
    def put(self):
        matched.deliveries = []
        answer = json.loads(put_events(self))
        return json.dumps({**answer, "Deliveries": matched.deliveries})

    return put


def apply() -> None:
    Rule.send_to_targets = send_to_targets
    EventsHandler.put_events = telling(EventsHandler.put_events)
