import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { images } from "../../../provider/catalog/images";
import { findSetupKey } from "../../../provider/catalog/setup-keys";
import { findMachineImage, hasTrustedLaunch } from "../../../provider/lab/compute/image";
import { resourceTypes } from "../../../provider/lab/arm/resource-types";
import { systemEdition } from "../../../provider/lab/windows/license";

const folder = join(__dirname, "../../../provider/lab");
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as object;

describe("the lab's data of Azure", () => {
  for (const name of ["arm/resource-types", "compute/images"]) {
    it(`${name}.json follows its schema`, () => {
      const validate = new Ajv({ allErrors: true }).compile(read(`${name}.schema.json`));
      validate(read(`${name}.json`));
      assert.deepEqual(validate.errors ?? [], []);
    });
  }

  it("refers only to resource types that it has", () => {
    const known = new Set(resourceTypes.map(({ type }) => type));
    const named = resourceTypes.flatMap(({ type, references = [], embedded = [] }) => [
      ...references.map((reference) => reference.type),
      ...embedded.map((child) => `${type}/${child.type}`),
    ]);
    assert.deepEqual(
      named.filter((type) => !known.has(type)),
      [],
    );
  });

  it("makes each image of the catalogue the system that the catalogue says", () => {
    for (const {
      os,
      edition,
      publisher,
      offer,
      sku,
      version,
      trustedLaunch,
      managedRunCommand,
    } of images()) {
      const machine = findMachineImage({ publisher, offer, sku, version });
      const system = systemEdition(machine);
      assert.deepEqual([sku, system?.os.name, system?.edition.name], [sku, os, edition]);
      assert.equal(hasTrustedLaunch(machine, { sku }), trustedLaunch, sku);
      assert.equal(machine.managedRunCommand, managedRunCommand, sku);
      assert.equal(machine.setupKey, findSetupKey(os, edition)?.key, sku);
    }
  });
});
