"""Event source mappings of queues: the lab's Lambda service polls, moto's own does not."""

from moto.sqs.models import Queue

NAME = "queue-consumers"
LACKS = "a message that arrives in a mapped queue is taken out at once and the function run in a Docker container"
DOES = "the message stays in the queue until lab/runtime receives it, as the function's role and through the proxy"


class Nothing(dict):
    """Remembers no mapping: Lambda's own list of them is untouched."""

    def __setitem__(self, key, value):
        pass


def without_consumers(init):
    def __init__(self, *rest, **named):
        init(self, *rest, **named)
        self.lambda_event_source_mappings = Nothing()

    return __init__


def apply() -> None:
    Queue.__init__ = without_consumers(Queue.__init__)
