import { denialCodes, denialPattern, denyingLayer, isDenial, LONGEST_PATTERN } from "./denials";

const codes: readonly (readonly [code: string, denial: boolean])[] = [
  ["AccessDenied", true],
  ["AccessDeniedException", true],
  ["AccessDeniedForDependencyException", true],
  ["Client.UnauthorizedOperation", true],
  ["UnauthorizedOperation", true],
  ["AuthorizationError", true],
  ["AuthorizationErrorException", true],
  ["UnauthorizedException", true],
  ["NotAuthorizedException", true],
  ["ForbiddenException", true],
  ["KMS.AccessDeniedException", true],
  ["ThrottlingException", false],
  ["NoSuchEntity", false],
  ["Client.InvalidVpcID.NotFound", false],
  ["", false],
];

test.each(codes)("%s is a denial: %s", (code, denial) => expect(isDenial(code)).toBe(denial));

test("every code says who answers with it and where that is written", () => {
  for (const { code, services, source } of denialCodes) expect([code, services, source].every((text) => text.length > 5)).toBe(true);
});

test.each([
  ["... with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1", "service control policy"],
  ["... is not authorized to perform: s3:PutObject with an explicit deny in a resource control policy", "resource control policy"],
  ["... because no identity-based policy allows the ec2:DeleteFlowLogs action", undefined],
  ["... with an explicit deny in an identity-based policy", undefined],
])("the layer that refused: %s", (message, layer) => expect(denyingLayer(message)).toBe(layer));

test("the pattern keeps to EventBridge's quota and is built from the table alone", () => {
  const pattern = denialPattern();
  expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(LONGEST_PATTERN);
  expect(pattern.detail.errorCode).toHaveLength(denialCodes.length);
  expect(pattern.detail.errorMessage).toEqual([
    { wildcard: "*explicit deny in a service control policy*" },
    { wildcard: "*explicit deny in a resource control policy*" },
  ]);
});
