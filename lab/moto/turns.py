"""One request at a time. Moto's state is plain dicts and lists: a request that walks one while another changes it fails
("dictionary changed size during iteration"), and on Python's one interpreter lock threads gain nothing but switches."""

import threading
from typing import Any

from moto.sqs.models import Queue, SQSBackend

turn = threading.Lock()


class Waits(Exception):
    """The request has to wait for others, and would keep them from coming: run again in a thread of its own."""


def giving_way(wait: Any, second: float) -> Any:
    """Whoever waits for a queue's messages lets the others have their turn."""

    def wait_for_messages(self: Any, timeout: int) -> None:
        if threading.current_thread() is threading.main_thread():
            raise Waits
        turn.release()
        try:
            wait(self, timeout * second)
        finally:
            turn.acquire()

    return wait_for_messages


def by_the_labs_clock(receive: Any, second: float) -> Any:
    def receive_message(self: Any, queue_name: str, count: int, wait_seconds_timeout: int, *rest: Any, **named: Any) -> Any:
        return receive(self, queue_name, count, wait_seconds_timeout * second, *rest, **named)

    return receive_message


def apply(second: float) -> None:
    Queue.wait_for_messages = giving_way(Queue.wait_for_messages, second)
    SQSBackend.receive_message = by_the_labs_clock(SQSBackend.receive_message, second)
