import { readFileSync } from "node:fs";
import { readConfiguration } from "../config/read";
import { LOCK_PAGE, lockPage } from "./lock-page";

test("docs/lock.md is what the stack deploys", () => {
  expect(readFileSync(LOCK_PAGE, "utf8")).toBe(lockPage(readConfiguration("management")));
});
