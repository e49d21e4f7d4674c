import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { flattened, queryCall } from "./signed-query";

test("maps and lists become names with dots and numbers", () => {
  const given = { AlarmName: "a", Dimensions: [{ Name: "q", Value: "v" }], Threshold: 0, Missing: undefined };
  expect(flattened(given)).toEqual([["AlarmName", "a"], ["Dimensions.member.1.Name", "q"], ["Dimensions.member.1.Value", "v"], ["Threshold", "0"]]);
});

test("the service's error is thrown by its own name", async () => {
  let body = "";
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      body = sent;
      response.writeHead(403).end("<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const call = queryCall({ endpoint: `http://127.0.0.1:${port}`, service: "monitoring", region: "us-east-1", credentials: { accessKeyId: "A", secretAccessKey: "s" }, action: "PutMetricAlarm", version: "2010-08-01", parameters: { AlarmName: "a b" } });
  await expect(call).rejects.toMatchObject({ name: "AccessDenied", message: "PutMetricAlarm: not you" });
  expect(body).toBe("Action=PutMetricAlarm&Version=2010-08-01&AlarmName=a+b");
  server.closeAllConnections();
  server.close();
});
