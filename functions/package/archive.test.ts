import { unzipSync } from "fflate";
import { archive } from "./archive";

test("the same files give the same bytes, whatever their order, the time and the time zone", () => {
  const first = archive({ "index.js": "a", "sdk.js": "b" });
  const zone = process.env.TZ;
  process.env.TZ = "Pacific/Auckland";
  jest.useFakeTimers({ now: new Date("2031-07-01") });
  try {
    expect(archive({ "sdk.js": "b", "index.js": "a" }).equals(first)).toBe(true);
  } finally {
    jest.useRealTimers();
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test("other contents give other bytes, and come out as they went in", () => {
  const zip = archive({ "index.js": "ü" });
  expect(zip.equals(archive({ "index.js": "u" }))).toBe(false);
  expect(Buffer.from(unzipSync(zip)["index.js"] ?? []).toString()).toBe("ü");
});
