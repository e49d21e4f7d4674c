"""The enforcer's boto3 twin: what ten lines of Python would do in its place. `ready` builds the clients and stops;
`force VPC` turns one VPC's flow log on and reports it, by the same calls."""
import json
import sys

import boto3

ec2, s3, events = (boto3.client(name, region_name="us-east-1") for name in ("ec2", "s3", "events"))
if sys.argv[1] == "force":
    vpc, bucket = sys.argv[2], sys.argv[3]
    ec2.describe_vpcs(VpcIds=[vpc])
    if not ec2.describe_flow_logs(Filters=[{"Name": "resource-id", "Values": [vpc]}])["FlowLogs"]:
        ec2.create_flow_logs(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
                             LogDestination=f"arn:aws:s3:::{bucket}", MaxAggregationInterval=60)
    events.put_events(Entries=[{"Source": "fall", "DetailType": "FALL outcome", "Detail": json.dumps({"resource": vpc})}])
print("ready")
