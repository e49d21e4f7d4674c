"""One request at a time. Moto's state is plain dicts and lists: a request that walks one while another changes it fails
("dictionary changed size during iteration"), and on Python's one interpreter lock threads gain nothing but switches."""

import threading
from typing import Any

from moto.sqs.models import Queue

turn = threading.Lock()


class Waits(Exception):
    """The request has to wait for others, and would keep them from coming: run again in a thread of its own."""


def giving_way(wait: Any) -> Any:
    """Whoever waits for a queue's messages lets the others have their turn."""

    def wait_for_messages(self: Any, timeout: int) -> None:
        if threading.current_thread() is threading.main_thread():
            raise Waits
        turn.release()
        try:
            wait(self, timeout)
        finally:
            turn.acquire()

    return wait_for_messages


def apply() -> None:
    Queue.wait_for_messages = giving_way(Queue.wait_for_messages)
