import assert from "node:assert/strict";
import { findKeyGroup, keyGroups } from "../../provider/catalog/key-groups";
import { KeyGroup, OperatingSystem } from "../../provider/catalog/names.generated";
import { findOperatingSystem, operatingSystems } from "../../provider/catalog/operating-systems";

describe("names", () => {
  it("has each key group of Windows", () => {
    const windows = keyGroups().filter(({ application }) => application === "windows");
    assert.deepEqual(KeyGroup, Object.fromEntries(windows.map(({ id, name }) => [id, name])));
    Object.entries(KeyGroup).forEach(([id, name]) => assert.equal(findKeyGroup(name)?.id, id));
  });

  it("has each operating system that the catalogue has rules for", () => {
    Object.entries(OperatingSystem).forEach(([id, name]) => assert.equal(findOperatingSystem(name)?.id, id));
    const missing = operatingSystems().filter(({ id }) => !(id in OperatingSystem));
    assert.deepEqual(
      missing.map(({ name, documentedElsewhere }) => [name, documentedElsewhere]),
      [
        [
          "Windows Vista",
          "https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-R2-and-2012/jj134256(v=ws.11)",
        ],
      ],
    );
  });
});
