/** Access logs of load balancers, CloudFront and Amazon S3, as AWS's pages show them: by delivery as JSON, by the switch as text. */
import type { Ground } from "./ground";

export interface Asked {
  readonly at: string;
  readonly address: string;
  readonly url: string;
  readonly status: string;
}

const browser = "Mozilla/5.0 (X11; Linux x86_64)";
const balancer = "app/my-loadbalancer/50dc6c495c0c9188";

export const albText = ({ at, address, url, status }: Asked): string =>
  `https ${at} ${balancer} ${address}:2817 10.0.0.1:80 0.086 0.048 0.037 ${status} 200 0 57 "GET ${url} HTTP/1.1" "${browser}" ` +
  'ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 ' +
  '"Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" ' +
  `1 ${at} "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90`;

export const albJson = ({ at, address, url, status }: Asked): string =>
  JSON.stringify({
    type: "https", time: at, elb: balancer, "client:port": `${address}:2817`, "target:port": "10.0.0.1:80", elb_status_code: status, target_status_code: "200",
    received_bytes: "0", sent_bytes: "57", request_line: `GET ${url} HTTP/1.1`, user_agent: browser, ssl_cipher: "ECDHE-RSA-AES128-GCM-SHA256", ssl_protocol: "TLSv1.2",
  });

export interface Connected {
  readonly at: string;
  readonly address: string;
  readonly verified: string;
}

const subject = "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US";

export const connectionText = ({ at, address, verified }: Connected): string =>
  `${at} ${address} 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "${subject}" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z ` +
  `FEF257372D5C14D4 ${verified} TID_3180a73013c8ca4bac2f731159d4b0fe`;

export const connectionJson = ({ at, address, verified }: Connected): string =>
  JSON.stringify({
    time: at, client_ip: address, client_port: "36280", listener_port: "443", tls_protocol: "TLSv1.2", tls_cipher: "ECDHE-RSA-AES128-GCM-SHA256",
    tls_handshake_latency: "4.036", leaf_client_cert_subject: subject, tls_verify_status: verified, conn_trace_id: "TID_3180a73013c8ca4bac2f731159d4b0fe", elb: balancer,
  });

const network = "net/my-network-loadbalancer/c6e77e28c25b2234";

export const nlbText = (at: string, address: string): string =>
  `tls 2.0 ${at} ${network} g3d4b5e8bb8464cd ${address}:51341 172.100.100.185:443 5 2 98 246 - ` +
  "arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - ECDHE-RSA-AES128-SHA tlsv12 - " +
  `my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com - - - ${at}`;

export const nlbJson = (at: string, address: string): string =>
  JSON.stringify({
    type: "tls", version: "2.0", time: at, elb: network, listener: "g3d4b5e8bb8464cd", client_port: `${address}:51341`, destination_port: "172.100.100.185:443",
    received_bytes: "98", sent_bytes: "246", tls_protocol_version: "tlsv12", domain_name: "my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com",
  });

export const clbText = ({ at, address, url, status }: Asked): string =>
  `${at} my-loadbalancer ${address}:2817 10.0.0.1:80 0.000086 0.001048 0.001337 ${status} 200 0 57 "GET ${url} HTTP/1.1" "curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2`;

/** What Elastic Load Balancing writes to see whether it may. */
export const balancerTest = "Enable AWS Load Balancer access logs";

export const cloudFront = ({ at, address, url, status }: Asked): string =>
  JSON.stringify({
    date: at.slice(0, 10), time: at.slice(11, 19), "x-edge-location": "FRA56-P7", "sc-bytes": "1068", "c-ip": address, "cs-method": "GET",
    "cs(Host)": "d111111abcdef8.cloudfront.net", "cs-uri-stem": url, "sc-status": status, "cs(Referer)": "-", "cs(User-Agent)": "curl/8.12.1", "cs-uri-query": "-",
    "cs(Cookie)": "-", "x-edge-result-type": "Hit", "x-edge-request-id": "VqkomJQiWUvU0bQu33T0", "x-host-header": "www.example.com", "cs-protocol": "https",
    "cs-bytes": "336", "time-taken": "0.001", "x-forwarded-for": "-", "ssl-protocol": "TLSv1.3", "ssl-cipher": "TLS_AES_128_GCM_SHA256",
    "x-edge-response-result-type": "Hit", "cs-protocol-version": "HTTP/2.0", "fle-status": "-", "fle-encrypted-fields": "-", "c-port": "11040",
    "time-to-first-byte": "0.001", "x-edge-detailed-result-type": "Hit", "sc-content-type": "text/html", "sc-content-len": "78", "sc-range-start": "-", "sc-range-end": "-",
  });

export const s3Json = ({ account }: Ground, { at, address, url, status }: Asked): string =>
  JSON.stringify({
    schema_version_id: "V_1_0", bucket_arn: "arn:aws:s3:::amzn-s3-demo-bucket", bucket_name: "amzn-s3-demo-bucket", request_time: at, bucket_owner_id: "79a59df900b949e5",
    remote_ip: address, requester: `arn:aws:sts::${account}:assumed-role/developer/ann`, request_id: "3E57427F3EXAMPLE", operation: "REST.GET.OBJECT", key_name: url,
    request_uri: `GET /${url} HTTP/1.1`, http_status: Number(status), error_code: null,
  });

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The text format, of a bucket of the archive. */
export function storeAccess({ day, region }: Ground, bucket: string, requester: string, address: string, operation: string, key: string, status: string, error = "-"): string {
  const [year, month, date] = day.split("-");
  return (
    `79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ${bucket} [${date}/${months[Number(month) - 1]}/${year}:00:00:38 +0000] ${address} ${requester} ` +
    `891CE47D2EXAMPLE ${operation} ${key} "GET /${key} HTTP/1.1" ${status} ${error} 113 - 7 - "-" "S3Console/0.4" - ` +
    `s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader s3.${region}.amazonaws.com TLSV1.2 - -`
  );
}
