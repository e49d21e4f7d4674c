import { levelsOf, makeState, type Organization } from "./state";

function counting() {
  const asked: string[] = [];
  const state = makeState((path) => {
    asked.push(path.split("?")[0] ?? "");
    return Promise.resolve({ path });
  });
  return { asked, state };
}

test("what was read is kept until its service and account change", async () => {
  const { asked, state } = counting();
  const key = "arn:aws:kms:us-east-1:111111111111:key/k";
  await state.resource(key);
  await state.resource(key);
  state.changed("kms", "222222222222");
  state.changed("iam", "111111111111");
  await state.resource(key);
  expect(asked).toHaveLength(1);
  state.changed("kms", "111111111111");
  await state.resource(key);
  expect(asked).toHaveLength(2);
});

test("a bucket may be changed from any account, and a stack or the tagging API change anything", async () => {
  const { asked, state } = counting();
  await state.resource("arn:aws:s3:::b");
  state.changed("s3", "333333333333");
  await state.resource("arn:aws:s3:::b");
  await state.organization();
  state.changed("tag", "333333333333");
  await state.resource("arn:aws:s3:::b");
  await state.organization();
  expect(asked).toHaveLength(5);
});

test("a read that failed is not kept", async () => {
  let times = 0;
  const state = makeState(() => (++times === 1 ? Promise.reject(new Error("down")) : Promise.resolve(null)));
  await expect(state.organization()).rejects.toThrow("down");
  expect(await state.organization()).toBeNull();
});

test("the levels over an account run from the root to the account itself", () => {
  const organization = { accounts: ["1", "2"], parents: { "1": "ou-b", "ou-b": "ou-a", "ou-a": "r", "2": "r" } } as unknown as Organization;
  expect(levelsOf(organization, "1")).toEqual(["r", "ou-a", "ou-b", "1"]);
  expect(levelsOf(organization, "2")).toEqual(["r", "2"]);
  expect(levelsOf(organization, "3")).toBeUndefined();
  expect(levelsOf(null, "1")).toBeUndefined();
});
