"""What moto lacks and the lab needs: each bridge is one module, named here once and listed in the lab's report.

A bridge states NAME, LACKS (what moto does not do) and DOES (what is done instead, and where AWS says so), and
changes moto's own classes in `apply()`. Calls are never stubbed: moto still keeps the state and answers.
"""

from . import (
    access_log_targets,
    bucket_policies,
    cross_account_delivery,
    cross_account_events,
    delivery_paging,
    delivery_sources,
    delivery_templates,
    delivery_update,
    flow_log_quota,
    guardduty_policies,
    managed_policies,
    network_load_balancers,
    query_log_configs,
    queue_consumers,
    rule_targets,
    stack_sets_administrator,
)

ALL = [
    access_log_targets,
    bucket_policies,
    delivery_sources,
    cross_account_delivery,
    delivery_paging,
    delivery_templates,
    delivery_update,
    flow_log_quota,
    guardduty_policies,
    cross_account_events,
    managed_policies,
    network_load_balancers,
    query_log_configs,
    queue_consumers,
    rule_targets,
    stack_sets_administrator,
]


def apply_all() -> list[dict[str, str]]:
    """Applies every bridge; answers what the report lists of them: name, lacks, does."""
    for bridge in ALL:
        bridge.apply()
    return [{"name": b.NAME, "lacks": b.LACKS, "does": b.DOES} for b in ALL]
