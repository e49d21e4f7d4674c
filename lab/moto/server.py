"""Starts moto on a free port of the loopback interface, with the lab's bridges applied.

Its argument says how many seconds of the machine's somebody waits who waits a second for a queue's messages.
Prints one line of JSON when it listens: {"port": number, "bridges": [{"name", "lacks", "does"}]}.
Ends when standard input ends, so that it never outlives the process that started it.
"""

import asyncio
import gc
import json
import os
import sys
import threading
from typing import Any

# Read by moto when its modules are imported, so they come first: no machine images, no random instance types,
# a Region and an account only as the request says.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "false")
os.environ.setdefault("MOTO_EVENTS_INVOKE_HTTP", "false")
os.environ.setdefault("TEST_SERVER_MODE", "true")

from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    create_backend_app,
)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bridges import apply_all  # noqa: E402
from handler import Connection  # noqa: E402
import quicker  # noqa: E402
import turns  # noqa: E402
from state import serving  # noqa: E402

# The first call to a service imports it (about a second for ec2): done while the lab reads its own program.
PRELOADED = [
    "organizations", "iam", "sts", "ec2", "s3", "kms", "logs", "events", "sqs", "dynamodb", "secretsmanager",
    "cloudformation", "elb", "elbv2", "cloudfront", "awslambda", "cloudwatch", "route53resolver", "cloudtrail",
]  # fmt: skip


def preload(app: DomainDispatcherApplication) -> None:
    for service in PRELOADED:
        with app.lock:
            if service not in app.app_instances:
                app.app_instances[service] = create_backend_app(service)
    # Services and models stay, and requests leave little: to look for garbage as often as Python does is a tenth of the work.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def seeding_after(thread: threading.Thread, app: Any) -> Any:
    """What is preloaded draws random numbers too: a seed that came amid them would not give the same accounts each time."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/moto-api/seed":
            thread.join()
        return app(environ, start_response)

    return application


async def serve() -> None:
    quicker.apply()
    turns.apply(float(sys.argv[1]))
    bridges = apply_all()
    app = DomainDispatcherApplication(create_backend_app)
    preloading = threading.Thread(target=preload, args=(app,), daemon=True)
    serving_app = serving(seeding_after(preloading, app))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(serving_app, port), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port, "bridges": bridges}), flush=True)
    preloading.start()
    threading.Thread(target=end_with_input, daemon=True).start()
    await server.serve_forever()


def end_with_input() -> None:
    """Not by an orderly end, which would wait for who waits for a queue."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(serve())
