import assert from "node:assert/strict";
import { clientRows, officeRows, pairOf } from "../../docs/generate/compatibility-matrix";
import { findKeyGroup, operatingSystems } from "../../docs/generate/product";

const rows = clientRows();
const rowOf = (product: string, edition: string) =>
  rows.find((row) => row.product === product && row.editions.includes(edition))!;
const pair = (groupName: string, host: string, product: string, edition: string) =>
  pairOf(findKeyGroup(groupName)!, host, rowOf(product, edition));

describe("compatibility matrix", () => {
  it("has every edition of every operating system once, but for releases of a channel", () => {
    const expected = operatingSystems()
      .filter(({ releaseOf, documentedElsewhere }) => (releaseOf ?? documentedElsewhere) === undefined)
      .flatMap(({ name, editions }) => editions.map((edition) => `${name} ${edition.name}`));
    const found = rows.flatMap(({ product, editions }) => editions.map((edition) => `${product} ${edition}`));
    assert.deepEqual([...found].sort(), [...expected].sort());
  });

  it("keeps editions together that every group treats alike", () => {
    const row = rowOf("Windows Server 2022", "Datacenter");
    assert.equal(row.all, true);
    assert.deepEqual(row.editions, ["Standard", "Datacenter", "Datacenter: Azure Edition"]);
  });

  it("parts listed editions from unlisted ones", () => {
    assert.equal(rowOf("Windows 11", "Pro").listings.get("WindowsServer2025"), "yes");
    assert.equal(rowOf("Windows 11", "Pro Education").listings.get("WindowsServer2025"), "unlisted");
    assert.equal(rowOf("Windows 11", "Pro").listings.get("WindowsServer2019"), "unlisted");
    assert.equal(rowOf("Windows 11", "Enterprise G").listings.get("WindowsServer2019"), "unlisted");
    assert.equal(rowOf("Windows 11", "Enterprise multi-session").listings.get("WindowsServer2019"), "no");
  });

  it("tells the update that a host needs", () => {
    assert.deepEqual(pair("Windows Server 2022", "Windows Server 2019", "Windows Server 2022", "Standard"), {
      listing: "yes",
      updates: ["KB5003646"],
    });
    assert.deepEqual(pair("Windows Server 2022", "Windows Server 2022", "Windows Server 2022", "Standard"), {
      listing: "yes",
      updates: [],
    });
  });

  it("tells the update that a host needs for its key, which contains the one for its clients", () => {
    const on2012R2 = (product: string, edition: string) =>
      pair("Windows Server 2019", "Windows Server 2012 R2", product, edition);
    for (const product of ["Windows 10 LTSC 2019", "Windows 10 LTSC 2021"]) {
      assert.deepEqual(on2012R2(product, "Enterprise LTSC"), { listing: "yes", updates: ["KB4467695"] });
    }
    assert.deepEqual(on2012R2("Windows Server 2012 R2", "Standard").updates, ["KB4467695"]);
  });

  it("refuses server clients on a client host, and pairs that no update makes work", () => {
    const server = rowOf("Windows Server 2016", "Standard");
    const group = findKeyGroup("Windows Server 2016")!;
    assert.deepEqual(pairOf(group, "Windows 10", server), { listing: "no", updates: [] });
    assert.deepEqual(pairOf(group, "Windows Server 2008 R2", server), { listing: "no", updates: [] });
    assert.equal(pairOf(group, "Windows Server 2016", server).listing, "yes");
  });

  it("has a row for each Office version, activated by its own group only", () => {
    const served = officeRows().map(({ product, all, listings }) => [
      product,
      all,
      [...listings].filter(([, listing]) => listing === "yes").map(([id]) => id),
    ]);
    assert.deepEqual(served, [
      ["Office LTSC 2024", true, ["OfficeLtsc2024"]],
      ["Office LTSC 2021", true, ["OfficeLtsc2021"]],
      ["Office 2019", true, ["Office2019"]],
      ["Office 2016", true, ["Office2016"]],
    ]);
  });
});
