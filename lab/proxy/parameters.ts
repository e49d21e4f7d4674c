/** Looking into a call's parameters. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The value under that name, case apart (`name` and `Name`). */
export function parameter(parameters: Parameters, name: string): unknown {
  if (name in parameters) return parameters[name];
  const wanted = name.toLowerCase();
  return Object.entries(parameters).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function text(parameters: Parameters, name: string): string | undefined {
  const value = parameter(parameters, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Every text in the parameters, with the name of the field it stands in; tags are left out. */
export function* texts(value: unknown, field = ""): Generator<readonly [field: string, text: string]> {
  if (typeof value === "string") yield [field, value];
  else if (Array.isArray(value)) for (const one of value) yield* texts(one, field);
  else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value)) if (!/^tag(s|set|keys|specifications?)$/i.test(key)) yield* texts(one, key);
  }
}

/** Tags that the request brings, in whatever form the service writes them: a map, or a list of key and value. */
export function requestTags(parameters: Parameters): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const collect = (value: unknown) => {
    if (Array.isArray(value)) {
      for (const one of value as Record<string, unknown>[]) {
        const key = one["Key"] ?? one["key"] ?? one["TagKey"];
        if (typeof key === "string") found[key] = String(one["Value"] ?? one["value"] ?? one["TagValue"] ?? "");
      }
    } else if (typeof value === "object" && value !== null) {
      const { Items, TagSet } = value as Record<string, unknown>;
      if (Items !== undefined || TagSet !== undefined) collect(Items ?? TagSet);
      else for (const [key, one] of Object.entries(value)) found[key] = String(one);
    }
  };
  for (const name of ["Tags", "TagSet", "Tagging"]) collect(parameter(parameters, name));
  const nested = parameter(parameters, "DistributionConfigWithTags");
  if (typeof nested === "object" && nested !== null) collect((nested as Parameters)["Tags"]);
  return found;
}

/** Keys that an untagging call names. */
export function namedTagKeys(parameters: Parameters): readonly string[] {
  for (const name of ["TagKeys", "TagKeyList"]) {
    const value = parameter(parameters, name);
    const list = Array.isArray(value) ? value : typeof value === "object" && value !== null ? (value as Parameters)["Items"] : typeof value === "string" ? [value] : undefined;
    if (Array.isArray(list)) return list.map((one: unknown) => (typeof one === "string" ? one : String((one as Parameters)["Key"])));
  }
  return [];
}
