/** Whether AWS says that a load balancer is not there: the error is named by its code or by its class in the model. */
export function isGone(error: unknown): boolean {
  const names = ["LoadBalancerNotFound", "LoadBalancerNotFoundException", "AccessPointNotFoundException"];
  return error instanceof Error && names.includes(error.name);
}
