"""What the lab needs to know of moto's live state, one call each: policies, tags, owners, names, functions.

Read straight from moto's own objects, so it is what moto's API would answer after a dozen calls. Served under
`/lab/<view>?...` as JSON; nothing here changes anything.
"""

import json
from typing import Any
from urllib.parse import parse_qs

from moto.backends import get_backend


def backend(service: str, account: str, region: str) -> Any:
    return get_backend(service)[account][region]


def parsed(document: Any) -> Any:
    """A policy document, however moto keeps it; None if there is none."""
    if isinstance(document, bytes):
        document = document.decode()
    return json.loads(document) if isinstance(document, str) and document.strip() else document or None


def organization() -> Any:
    """The organization: tree, accounts, policies and where they are attached; None before CreateOrganization."""
    for account, partitions in get_backend("organizations").items():
        for one in partitions.values():
            if one.org is None or one.org.master_account_id != account:
                continue
            nodes = [*one.ou, *one.accounts]
            root = one.org.root_id
            enabled = {t["Type"] for n in one.ou if n.id == root for t in n.policy_types}
            return {
                "id": one.org.id,
                "managementAccount": one.org.master_account_id,
                "root": root,
                "enabled": sorted(enabled),
                "parents": {n.id: n.parent_id for n in nodes if n.id != root},
                "accounts": [a.id for a in one.accounts],
                "attached": {n.id: [p.id for p in n.attached_policies] for n in nodes},
                "policies": {p.id: {"name": p.name, "type": p.type, "content": parsed(p.content)} for p in one.policies},
            }
    return None


def document_of(policy: Any) -> Any:
    """The default version of a managed policy."""
    version = next((v for v in policy.versions if v.version_id == policy.default_version_id), None)
    return parsed(version.document if version else policy.document)


def attached(entity: Any) -> list[dict[str, Any]]:
    inline = [{"name": name, "document": parsed(document)} for name, document in dict(entity.policies).items()]
    managed = [{"name": p.name, "document": document_of(p)} for p in list(entity.managed_policies.values())]
    return inline + managed


def tag_dict(tags: Any) -> dict[str, str]:
    """Tags however a service keeps them: a dict, or a list of {Key, Value}."""
    if not tags:
        return {}
    if isinstance(tags, dict):
        return {k: v["Value"] if isinstance(v, dict) else v for k, v in tags.items()}
    return {t.get("Key", t.get("key")): t.get("Value", t.get("value", "")) for t in tags}


def principal(arn: str) -> Any:
    """The role or user of that ARN: its policies, boundary, trust policy and tags; None if it does not exist."""
    account, path = arn.split(":")[4], arn.split(":", 5)[5]
    iam = backend("iam", account, "aws")
    kind, _, name = path.partition("/")
    name = name.split("/")[-1]
    if kind == "role":
        entity = next((r for r in list(iam.roles.values()) if r.name == name and r.arn == arn), None)
    else:
        entity = next((u for u in list(iam.users.values()) if u.name == name and u.arn == arn), None)
    if entity is None:
        return None
    policies = attached(entity)
    if kind == "user":
        for group in list(iam.groups.values()):
            if any(u.name == name for u in group.users):
                policies += attached(group)
    boundary_arn = getattr(entity, "permissions_boundary_arn", None)
    boundary = iam.managed_policies.get(boundary_arn) if boundary_arn else None
    return {
        "policies": policies,
        "boundary": {"name": boundary.name, "document": document_of(boundary)} if boundary else None,
        "trust": parsed(entity.assume_role_policy_document) if kind == "role" else None,
        "tags": tag_dict(getattr(entity, "tags", None)),
    }


def queue_of(arn: str) -> Any:
    _, _, _, region, account, name = arn.split(":", 5)
    return backend("sqs", account, region).queues.get(name)


def bucket_of(arn: str) -> Any:
    name = arn.split(":", 5)[5].split("/")[0]
    buckets = get_backend("s3")
    owner = buckets.bucket_accounts.get(name)
    return buckets[owner[1]][owner[0]].buckets.get(name) if owner else None


def default_key(bucket: Any) -> Any:
    """The key that the bucket's objects are encrypted with unless told otherwise; None where it is Amazon S3's own."""
    rule = (bucket.encryption or {}).get("Rule") or {}
    rule = rule[0] if isinstance(rule, list) else rule
    return (rule.get("ApplyServerSideEncryptionByDefault") or {}).get("KMSMasterKeyID")


def function_of(arn: str) -> Any:
    _, _, _, region, account, rest = arn.split(":", 5)
    functions = backend("lambda", account, region)._lambdas
    name = rest.split(":")[1]
    return functions.get_function_by_name_or_arn_with_qualifier(name) if name in functions._functions else None


def secret_of(arn: str) -> Any:
    _, _, _, region, account, _ = arn.split(":", 5)
    return next((s for s in list(backend("secretsmanager", account, region).secrets.values()) if s.arn == arn), None)


def resource(arn: str) -> Any:
    """
    Owner, policy, tags and further condition keys of the resource; `exists` is None where moto cannot tell.
    """
    _, _, service, region, account, rest = arn.split(":", 5)
    answer: dict[str, Any] = {"account": account, "policy": None, "tags": {}, "keys": {}}
    if service == "s3":
        bucket = bucket_of(arn)
        if bucket:
            tags = backend("s3", bucket.account_id, "aws").tagger.get_tag_dict_for_resource(bucket.arn)
            answer.update(account=bucket.account_id, region=bucket.region_name, policy=parsed(bucket.policy), tags=tags)
            stored = bucket.keys.get(rest.split("/", 1)[1]) if "/" in rest else None
            answer["encryptedWith"] = getattr(stored, "kms_key_id", None) or default_key(bucket)
    elif service == "kms" and rest.startswith("key/"):
        keys = backend("kms", account, region)
        key = keys.keys.get(rest[4:])
        if key:
            names = list(key.aliases)
            answer.update(policy=parsed(key.policy), tags=keys.tagger.get_tag_dict_for_resource(key.id))
            answer["keys"] = {"kms:ResourceAliases": names} if names else {}
    elif service == "sqs":
        queue = queue_of(arn)
        if queue:
            answer.update(policy=parsed(queue.policy), tags=tag_dict(queue.tags))
    elif service == "secretsmanager":
        secret = secret_of(arn)
        if secret:
            answer.update(policy=parsed(secret.policy), tags=tag_dict(secret.tags))
    elif service == "events" and rest.startswith("event-bus/"):
        bus = backend("events", account, region).event_buses.get(rest[10:])
        if bus:
            answer.update(policy=parsed(bus.policy), tags=tag_dict(bus.tags))
    elif service == "logs":
        logs = backend("logs", account, region)
        answer["tags"] = logs.tagger.get_tag_dict_for_resource(arn)
        kind, _, name = rest.partition(":")
        if kind == "delivery-destination" and name in logs.delivery_destinations:
            answer["policy"] = parsed(logs.delivery_destinations[name].policy)
    elif service == "lambda":
        lambdas = backend("lambda", account, region)
        kind, name = rest.split(":")[:2]
        if kind == "event-source-mapping":
            mapping = lambdas._event_source_mappings.get(name)
            answer["keys"] = {"lambda:FunctionArn": mapping.function_arn} if mapping else {}
        elif kind == "function":
            function = function_of(arn)
            if function:
                statements = function.policy.statements
                policy = {"Version": "2012-10-17", "Statement": statements} if statements else None
                answer.update(policy=policy, tags=tag_dict(function.tags))
    elif service == "ec2":
        answer["tags"] = dict(backend("ec2", account, region).tags.get(rest.split("/")[-1], {}))
    elif service == "elasticloadbalancing":
        if len(rest.split("/")) == 2 and rest.startswith("loadbalancer/"):
            classic = backend("elb", account, region).load_balancers.get(rest.split("/")[1])
            answer["tags"] = tag_dict(classic.tags) if classic else {}
        else:
            answer["tags"] = backend("elbv2", account, region).tagging_service.get_tag_dict_for_resource(arn)
    elif service == "iam" and rest.split("/")[0] in ("role", "user"):
        entity = principal(arn)
        answer["tags"] = entity["tags"] if entity else {}
    elif service == "dynamodb" and rest.startswith("table/"):
        table = backend("dynamodb", account, region).tables.get(rest.split("/")[1])
        answer["tags"] = tag_dict(table.tags) if table else {}
    elif service == "cloudformation":
        stack = backend("cloudformation", account, region).stacks.get(arn)
        answer["tags"] = tag_dict(stack.tags) if stack else {}
    elif service in ("cloudfront", "route53resolver", "events", "cloudwatch"):
        where = "aws" if service == "cloudfront" else region
        answer["tags"] = backend(service, account, where).tagger.get_tag_dict_for_resource(arn)
    return answer


def name(service: str, kind: str, account: str, region: str, value: str) -> Any:
    """The ARN of what an API call names in another way: an alias, a secret's or stack's or role's name; or None."""
    if kind == "role":
        return next((r.arn for r in list(backend("iam", account, "aws").roles.values()) if r.name == value), None)
    if kind == "user":
        return next((u.arn for u in list(backend("iam", account, "aws").users.values()) if u.name == value), None)
    if kind == "key":
        return next((k.arn for k in list(backend("kms", account, region).keys.values()) if value in k.aliases), None)
    if kind == "secret":
        secrets = list(backend("secretsmanager", account, region).secrets.values())
        return next((s.arn for s in secrets if value in (s.name, s.arn)), None)
    if kind == "stack":
        stacks = list(backend("cloudformation", account, region).stacks.values())
        return next((s.stack_id for s in stacks if value in (s.name, s.stack_id)), None)
    if kind == "stackset":
        sets = list(backend("cloudformation", account, region).stacksets.values())
        return next((s.arn for s in sets if value in (s.name, s.id) and s.status != "DELETED"), None)
    raise ValueError(f"{service}: no names of kind {kind}")


def function(arn: str) -> Any:
    """The function's configuration, and how it is invoked asynchronously; None if it does not exist."""
    one = function_of(arn)
    asynchronous = [each.config for each in one.event_invoke_config[:1]] if one else []
    return one and {"configuration": one.get_configuration(), "asynchronous": asynchronous[0] if asynchronous else {}}


def mappings(account: str, region: str) -> Any:
    """The event source mappings of an account and Region."""
    return [one.get_configuration() for one in backend("lambda", account, region)._event_source_mappings.values()]


def keys(account: str, region: str, table: str, having: str) -> Any:
    """The keys, hash and range, of a table's rows that have an attribute."""
    rows = backend("dynamodb", account, region).tables[table].items
    return [[hash_key.value, range_key.value] for hash_key, of_hash in rows.items() for range_key, row in of_hash.items() if having in row.attrs]


VIEWS = {view.__name__: view for view in (organization, principal, resource, name, function, mappings, keys)}


def serving(app: Any) -> Any:
    """`app` with the views of this module under /lab/; all else is moto's."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/lab/") or "HTTP_AUTHORIZATION" in environ:
            return app(environ, start_response)
        arguments = {k: v[0] for k, v in parse_qs(environ.get("QUERY_STRING", "")).items()}
        body = json.dumps(VIEWS[path[5:]](**arguments)).encode()
        start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(body)))])
        return [body]

    return application
