"""PutEvents onto a bus of another account or Region, by its ARN."""

from moto.events.models import EventsBackend, events_backends

NAME = "cross-account-events"
LACKS = "PutEvents takes the last part of a bus ARN and looks for that bus in the caller's own account"
DOES = "the entry reaches the bus that the ARN names; the event keeps the sender's account, as in EventBridge"


def reaching(put_events):
    def put(self, events):
        answers = []
        for event in events:
            bus = event.get("EventBusName") or ""
            owner = bus.split(":")[4] if bus.startswith("arn:") else self.account_id
            region = bus.split(":")[3] if bus.startswith("arn:") else self.region_name
            backend = events_backends[owner][region]
            if backend is self:
                answers += put_events(self, [event])
            else:
                answers += put_events(Sender(backend, self), [event])
        return answers

    return put


class Sender:
    """The receiving backend, but for the account and Region that events are stamped with."""

    def __init__(self, receiver, sender):
        self.receiver = receiver
        self.account_id = sender.account_id
        self.region_name = sender.region_name

    def __getattr__(self, name):
        return getattr(self.receiver, name)


def apply() -> None:
    EventsBackend.put_events = reaching(EventsBackend.put_events)
