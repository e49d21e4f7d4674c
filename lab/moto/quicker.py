"""The same answers of moto's with less work: it works out again for every request, message or pair of items what stays the
same. Of a small call that is half of its time, of a query in a table of thousands of items nearly all.
"""

import time
from functools import lru_cache

import moto.backends
import moto.core.responses
import moto.core.utils
from moto.core.utils import unix_time
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.moto_server import werkzeug_app
from moto.sqs.models import Message, SQSBackend


def within_retention(self, queue_name, message):
    """As moto's, without counting the queue's messages for each of them."""
    return self.get_queue(queue_name).message_retention_period + message.sent_timestamp / 1000 > unix_time()


def is_visible(self):
    return time.time() * 1000 > self.visible_at


def is_delayed(self):
    return time.time() * 1000 < self.delayed_until


def same(self, other):
    """As moto's; a text is what it is, without a look at eight types that it is none of."""
    if self.type != other.type:
        return False
    return self.value == other.value if self.type == "S" else self.cast_value == other.cast_value


def all_items(self):
    """In the order of their keys, each of which is read once and not once a comparison."""
    if not self.range_key_attr:
        return sorted(self.items.values(), key=lambda item: item.hash_key.cast_value)
    items = [item for of_hash in self.items.values() for item in of_hash.values()]
    return sorted(items, key=lambda item: (item.hash_key.cast_value, item.range_key.cast_value))


def apply() -> None:
    """The folders of moto's services, and the methods of a class: neither changes while a server runs."""
    modules = list(moto.backends.list_of_moto_modules())
    werkzeug_app.backends.list_of_moto_modules = lambda: modules
    methods = lru_cache(maxsize=None)(moto.core.utils.method_names_from_class)
    moto.core.utils.method_names_from_class = methods
    moto.core.responses.method_names_from_class = methods
    SQSBackend.is_message_valid_based_on_retention_period = within_retention
    Message.visible = property(is_visible)
    Message.delayed = property(is_delayed)
    DynamoType.__eq__ = same
    Table.all_items = all_items
