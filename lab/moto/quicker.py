"""Keeps two answers that moto works out again for every request: about half of its time on a small call."""

from functools import lru_cache

import moto.backends
import moto.core.responses
import moto.core.utils
from moto.moto_server import werkzeug_app


def apply() -> None:
    """The folders of moto's services, and the methods of a class: neither changes while a server runs."""
    modules = list(moto.backends.list_of_moto_modules())
    werkzeug_app.backends.list_of_moto_modules = lambda: modules
    methods = lru_cache(maxsize=None)(moto.core.utils.method_names_from_class)
    moto.core.utils.method_names_from_class = methods
    moto.core.responses.method_names_from_class = methods
