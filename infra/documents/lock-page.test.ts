import { readConfiguration } from "../config/read";
import { LOCK_PAGE, lockPage } from "./lock-page";
import { outdated } from "./page-for-tests";

test("docs/lock.md is what the stack deploys", () => {
  expect(outdated(LOCK_PAGE, lockPage(readConfiguration("management")))).toBeUndefined();
});
