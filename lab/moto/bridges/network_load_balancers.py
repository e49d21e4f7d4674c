"""ARNs of Network Load Balancers."""

import threading

from moto.elbv2 import models

NAME = "network-load-balancer-arns"
LACKS = "every load balancer's ARN says loadbalancer/app/"
DOES = "a network one's says loadbalancer/net/, as in AWS"

making = threading.local()


def apply() -> None:
    make_arn = models.make_arn_for_load_balancer
    create = models.ELBv2Backend.create_load_balancer

    def arn_of_its_type(**given):
        arn = make_arn(**given)
        return arn.replace(":loadbalancer/app/", ":loadbalancer/net/") if making.type == "network" else arn

    def create_load_balancer(self, *args, loadbalancer_type=None, **kwargs):
        making.type = loadbalancer_type
        return create(self, *args, loadbalancer_type=loadbalancer_type, **kwargs)

    models.make_arn_for_load_balancer = arn_of_its_type
    models.ELBv2Backend.create_load_balancer = create_load_balancer
