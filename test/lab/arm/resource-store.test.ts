import assert from "node:assert/strict";
import {
  createResourceStore,
  type ResourceIndex,
  type StoredResource,
} from "../../../provider/lab/arm/resource-store";

const resource = (type: string, name: string, tags: string[] = []): StoredResource => ({
  id: `/subscriptions/s/resourceGroups/g/providers/${type}/${name}`,
  type,
  name,
  body: { tags },
  etag: "",
  hiddenDigest: "",
});

const byTag: ResourceIndex = { types: ["A/one", "A/two"], keysOf: ({ body }) => body.tags as string[] };

describe("resources of the lab", () => {
  const names = (resources: StoredResource[]) => resources.map(({ name }) => name);

  it("are found by what they name, whatever was there first: the index or the resource", () => {
    const store = createResourceStore();
    store.put(resource("A/one", "before", ["x"]));
    assert.deepEqual(names(store.find(byTag, "x")), ["before"]);
    store.put(resource("A/two", "after", ["X", "y"]));
    store.put(resource("A/other", "of another type", ["x"]));
    assert.deepEqual(names(store.find(byTag, "x")), ["before", "after"]);
    assert.deepEqual(names(store.find(byTag, "Y")), ["after"]);
    assert.deepEqual(store.find(byTag, "z"), []);
  });

  it("are found by what they name now, in their first order", () => {
    const store = createResourceStore();
    ["one", "two"].forEach((name) => store.put(resource("A/one", name, ["x", "y"])));
    assert.deepEqual(names(store.find(byTag, "x")), ["one", "two"]);
    store.put(resource("A/one", "one", ["x", "z"]));
    assert.deepEqual(names(store.find(byTag, "x")), ["one", "two"]);
    assert.deepEqual(names(store.find(byTag, "y")), ["two"]);
    assert.deepEqual(store.find(byTag, "z")[0].body, { tags: ["x", "z"] });
    assert.deepEqual(names(store.ofType("a/ONE")), ["one", "two"]);
  });

  it("are not found once they are removed, nor is what was below them", () => {
    const store = createResourceStore();
    const parent = resource("A/one", "parent", ["x"]);
    store.put(parent);
    store.put({ ...resource("A/two", "child", ["x"]), id: `${parent.id}/two/child` });
    assert.deepEqual(names(store.find(byTag, "x")), ["parent", "child"]);
    store.remove(parent.id.toUpperCase());
    assert.deepEqual([store.find(byTag, "x"), store.all(), store.ofType("A/two")], [[], [], []]);
  });
});
