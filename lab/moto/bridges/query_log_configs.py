"""Query log configurations of Route 53 Resolver: their tags, and the way back."""

import json

from moto.route53resolver.exceptions import ResourceNotFoundException
from moto.route53resolver.models import Route53ResolverBackend
from moto.route53resolver.responses import Route53ResolverResponse

NAME = "query-log-configs"
LACKS = "query log configurations can't be listed with their tags, tagged, untagged, disassociated or deleted"
DOES = (
    "their tags are read and written as those of other Resolver resources; an association is removed at once, and a"
    " configuration without associations is deleted"
    " (https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html)"
)


def apply() -> None:
    matched_arn = Route53ResolverBackend._matched_arn

    def matched(self, resource_arn):
        if not any(config.arn == resource_arn for config in self.resolver_query_log_configs.values()):
            matched_arn(self, resource_arn)

    def disassociate(self):
        backend = self.route53resolver_backend
        config = backend.get_resolver_query_log_config(self._get_param("ResolverQueryLogConfigId"))
        vpc = self._get_param("ResourceId")
        for association in list(backend.resolver_query_log_config_associations.values()):
            if (association.resolver_query_log_config_id, association.resource_id) == (config.id, vpc):
                del backend.resolver_query_log_config_associations[association.id]
                config.association_count -= 1
                return json.dumps({"ResolverQueryLogConfigAssociation": {**association.description(), "Status": "DELETING"}})
        raise ResourceNotFoundException(f"Resolver query log config '{config.id}' is not associated with '{vpc}'")

    def delete(self):
        backend = self.route53resolver_backend
        config = backend.get_resolver_query_log_config(self._get_param("ResolverQueryLogConfigId"))
        if config.association_count:
            from moto.route53resolver.exceptions import InvalidRequestException

            raise InvalidRequestException(f"Resolver query log config '{config.id}' has associations")
        del backend.resolver_query_log_configs[config.id]
        return json.dumps({"ResolverQueryLogConfig": {**config.description(), "Status": "DELETING"}})

    Route53ResolverBackend._matched_arn = matched
    Route53ResolverResponse.disassociate_resolver_query_log_config = disassociate
    Route53ResolverResponse.delete_resolver_query_log_config = delete
