/** Names of an organization of tests, one digit an account. */
import { namesFor } from "../infra/names";

export const names = namesFor({
  prefix: "fall",
  accounts: { management: "111111111111", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
