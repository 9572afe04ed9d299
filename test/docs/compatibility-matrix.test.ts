import assert from "node:assert/strict";
import { clientRows, type MatrixRow, officeRows, pairOf } from "../../docs/generate/compatibility-matrix";
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
    assert.equal(rowOf("Windows 11", "Enterprise G").listings.get("WindowsServer2019"), "no");
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

  it("refuses server clients on a client host, and pairs that no update makes work", () => {
    const server: Pick<MatrixRow, "product" | "family" | "listings"> = {
      product: "Windows Server 2016",
      family: "server",
      listings: new Map([["Windows10", "yes"]]),
    };
    assert.equal(pairOf({ id: "Windows10" }, "Windows 10", server).listing, "no");
    assert.equal(pairOf({ id: "Windows10" }, "Windows Server 2008 R2", server).listing, "no");
    assert.equal(pairOf({ id: "Windows10" }, "Windows Server 2016", server).listing, "yes");
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
