"""Keeps answers that moto works out again for every request, or every message: about half of its time on a small call."""

from functools import lru_cache

import moto.backends
import moto.core.responses
import moto.core.utils
from moto.core.utils import unix_time
from moto.moto_server import werkzeug_app
from moto.sqs.models import SQSBackend


def within_retention(self, queue_name, message):
    """As moto's, without counting the queue's messages for each of them."""
    return self.get_queue(queue_name).message_retention_period + message.sent_timestamp / 1000 > unix_time()


def apply() -> None:
    """The folders of moto's services, and the methods of a class: neither changes while a server runs."""
    modules = list(moto.backends.list_of_moto_modules())
    werkzeug_app.backends.list_of_moto_modules = lambda: modules
    methods = lru_cache(maxsize=None)(moto.core.utils.method_names_from_class)
    moto.core.utils.method_names_from_class = methods
    moto.core.responses.method_names_from_class = methods
    SQSBackend.is_message_valid_based_on_retention_period = within_retention
