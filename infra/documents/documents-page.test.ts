import { readConfiguration } from "../config/read";
import { DOCUMENTS_PAGE, documentsPage } from "./documents-page";
import { outdated } from "./page-for-tests";

test("docs/documents.md is what the stacks deploy", () => {
  expect(outdated(DOCUMENTS_PAGE, documentsPage(readConfiguration("log-archive")))).toBeUndefined();
});
