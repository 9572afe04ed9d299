import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { findOperatingSystem, operatingSystems } from "../../provider/catalog/operating-systems";
import { keyGroups } from "../../provider/catalog/key-groups";
import { images } from "../../provider/catalog/images";
import { hresults } from "../../provider/catalog/hresults";
import { limitEntries } from "../../provider/catalog/limits";
import { findProductName, productNames } from "../../provider/catalog/product-names";
import { setupKeys } from "../../provider/catalog/setup-keys";
import { allRequiredUpdates, allImpossiblePairs } from "../../provider/catalog/updates";

const catalog = join(__dirname, "..", "..", "provider", "catalog");
const json = (folder: string, file: string) =>
  JSON.parse(readFileSync(join(catalog, folder, file), "utf8")) as object;
const dataFiles = readdirSync(join(catalog, "data")).sort();

function duplicates(values: string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

const namesOf = (rows: readonly { name: string; aliases?: string[] }[]) =>
  rows.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);

describe("catalogue data", () => {
  const schemas = readdirSync(join(catalog, "schema")).map((file) => json("schema", file));
  const ajv = new Ajv({ schemas, strict: true, strictRequired: false, allErrors: true });

  for (const file of dataFiles) {
    it(`${file} has the form that its schema asks for`, () => {
      const validate = ajv.getSchema(file.replace(".json", ".schema.json"));
      assert.ok(validate, `no schema for ${file}`);
      assert.equal(validate(json("data", file)), true, ajv.errorsText(validate.errors));
    });
  }

  it("fails when a row has a member that its schema does not know", () => {
    const [row] = json("data", "images.json") as object[];
    assert.equal(ajv.validate("images.schema.json", [row]), true);
    assert.equal(ajv.validate("images.schema.json", [{ ...row, skuu: "2022-datacenter-g2" }]), false);
  });

  it("has a schema for nothing else", () => {
    const expected = dataFiles.map((file) => file.replace(".json", ".schema.json"));
    const files = readdirSync(join(catalog, "schema")).filter((file) => file !== "common.schema.json");
    assert.deepEqual(files.sort(), expected);
  });

  it("gives each name and identifier once", () => {
    assert.deepEqual(duplicates(namesOf(operatingSystems())), []);
    assert.deepEqual(duplicates(namesOf(keyGroups())), []);
    assert.deepEqual(duplicates(namesOf(productNames())), []);
    assert.deepEqual(duplicates(operatingSystems().map(({ id }) => id)), []);
    assert.deepEqual(duplicates(keyGroups().map(({ id }) => id)), []);
  });

  it("gives each edition of an operating system once, by name and by EditionID", () => {
    for (const { name, editions } of operatingSystems()) {
      assert.deepEqual(duplicates(namesOf(editions)), [], name);
      const ids = editions.flatMap(({ editionIds, evaluationEditionIds }) => [
        ...editionIds,
        ...(evaluationEditionIds ?? []),
      ]);
      assert.deepEqual(duplicates(ids), [], name);
    }
  });

  it("gives each row of a pair once", () => {
    for (const { name, hosts, clients } of keyGroups()) {
      assert.deepEqual(duplicates(hosts.map(({ os }) => os)), [], name);
      assert.deepEqual(duplicates(clients.map((client) => client.name)), [], name);
    }
    assert.deepEqual(duplicates(setupKeys().map(({ product, edition }) => `${product}, ${edition}`)), []);
    assert.deepEqual(duplicates(hresults().map(({ hresult, side }) => `${hresult} ${side}`)), []);
    assert.deepEqual(
      duplicates(images().map((row) => [row.os, row.edition, row.core, row.smallDisk].join())),
      [],
    );
  });
});

describe("references within the catalogue", () => {
  const isOs = (name: string) => findOperatingSystem(name)?.name === name;
  const products = new Set(setupKeys().map(({ product }) => product));
  const isProduct = (name: string) => isOs(name) || products.has(name);
  const editionsOf = (product: string): string[] =>
    findOperatingSystem(product)?.editions.map(({ name }) => name) ??
    setupKeys()
      .filter((row) => row.product === product)
      .map(({ edition }) => edition);

  it("resolves the operating systems and editions of key groups", () => {
    for (const { name, hosts, clients, supersededBy } of keyGroups()) {
      for (const { os, editions } of hosts) {
        assert.ok(isOs(os), `${name}: ${os}`);
        assert.deepEqual(
          (editions ?? []).filter((edition) => !editionsOf(os).includes(edition)),
          [],
        );
      }
      clients.forEach((client) => assert.ok(findProductName(client.name), `${name}: ${client.name}`));
      assert.ok(supersededBy === undefined || keyGroups().some(({ id }) => id === supersededBy), name);
    }
  });

  it("resolves the products and editions of printed names", () => {
    for (const { name, products: meant } of productNames()) {
      for (const { product, editions } of meant) {
        assert.ok(isProduct(product), `${name}: ${product}`);
        const unknown = (editions === "all" ? [] : editions).filter(
          (edition) => !editionsOf(product).includes(edition),
        );
        assert.deepEqual(unknown, [], name);
      }
    }
  });

  it("resolves releases, updates and images", () => {
    operatingSystems().forEach(({ releaseOf }) =>
      assert.ok(releaseOf === undefined || isOs(releaseOf), releaseOf),
    );
    for (const { host, clients } of [...allRequiredUpdates(), ...allImpossiblePairs()]) {
      [host, ...clients].forEach((os) => assert.ok(isOs(os), os));
    }
    const kbs = new Set(allRequiredUpdates().map(({ kb }) => kb));
    allRequiredUpdates().forEach(({ supersededBy }) =>
      supersededBy?.forEach((kb) => assert.ok(kbs.has(kb), kb)),
    );
    images().forEach(({ os, edition }) =>
      assert.ok(isOs(os) && editionsOf(os).includes(edition), `${os} ${edition}`),
    );
  });

  it("has a setup key for each edition that a printed name of Windows stands for", () => {
    const windows = productNames().flatMap(({ products: meant }) => meant);
    for (const { product, editions } of windows.filter(({ editions: named }) => named !== "all")) {
      for (const edition of editions) {
        const has = setupKeys().some((row) => row.product === product && row.edition === edition);
        assert.ok(has, `${product} ${edition}`);
      }
    }
  });

  it("keeps each limit's default within its range", () => {
    for (const [name, { value, minimum, maximum }] of Object.entries(limitEntries)) {
      assert.ok((minimum ?? value) <= value && value <= (maximum ?? value), name);
    }
  });
});
