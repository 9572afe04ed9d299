import assert from "node:assert/strict";
import { setupKeyOf } from "../../provider/catalog/setup-keys";
import { findSetupKey, ownersOfSetupKey, setupKeys } from "../../provider/catalog/setup-keys";

describe("setup keys", () => {
  it("has 155 rows with 130 keys of the alphabet of product keys", () => {
    assert.equal(setupKeys().length, 155);
    assert.equal(new Set(setupKeys().map(({ key }) => key)).size, 130);
    setupKeys().forEach(({ key }) =>
      assert.match(key, /^([BCDFGHJKMNPQRTVWXY2346789]{5}-){4}[BCDFGHJKMNPQRTVWXY2346789]{5}$/),
    );
  });

  it("gives no key to two editions", () => {
    const editions = new Map<string, string>();
    for (const { key, edition } of setupKeys()) {
      assert.equal(editions.get(key) ?? edition, edition, key);
      editions.set(key, edition);
    }
  });

  const found: [string, string, string][] = [
    ["Windows Server 2022", "Datacenter", "WX4NM-KYWYW-QJJR4-XV3QB-6VM33"],
    ["Windows Server 2022", "Datacenter: Azure Edition", "NTBV8-9K7Q8-V27C6-M2BTV-KHMXV"],
    ["Windows Server 2012 R2", "Standard", "D2N9P-3P6X9-2R39C-7RTCD-MDVJX"],
    ["Windows 10", "Professional", "W269N-WFGWX-YVC9B-4J6C9-T83GX"],
    ["Windows 11", "Pro", "W269N-WFGWX-YVC9B-4J6C9-T83GX"],
    ["Windows 10", "Enterprise LTSB 2016", "DCPHK-NFMTC-H88MJ-PFHPY-QJ4BJ"],
    ["Office LTSC 2021", "Office LTSC Standard 2021", "KDX7X-BNVR8-TXXGX-4Q7Y8-78VT3"],
  ];
  for (const [product, edition, key] of found) {
    it(`finds the key of ${product}, ${edition}`, () => {
      assert.equal(findSetupKey(product, edition)?.key, key);
    });
  }

  it("names the editions of Office as Microsoft prints them, with the year", () => {
    const office = setupKeys().filter(({ product }) => product.startsWith("Office"));
    assert.equal(office.length, 52);
    for (const { product, edition } of office) {
      assert.equal(edition.slice(-5), ` ${product.slice(-4)}`, `${product}: ${edition}`);
    }
    assert.equal(findSetupKey("Office 2016", "OneNote 2016")?.key, "DR92N-9HTF2-97XKM-XW2WJ-XW3J6");
    assert.equal(findSetupKey("Office LTSC 2024", "Office LTSC Standard"), undefined);
  });

  it("fails when a channel is given without its release", () => {
    assert.equal(findSetupKey("Windows Server Semi-Annual Channel", "Standard"), undefined);
  });

  it("tells what a key belongs to", () => {
    const owners = ownersOfSetupKey(" w269n-wfgwx-yvc9b-4j6c9-t83gx ");
    assert.deepEqual(owners.map(({ product }) => product).sort(), ["Windows 10", "Windows 11"]);
    assert.deepEqual(ownersOfSetupKey("NNNNN-NNNNN-NNNNN-NNNNN-NNNNN"), []);
  });
});

describe("setupKeyOf", () => {
  it("finds the key by EditionID", () => {
    assert.equal(setupKeyOf("Windows Server 2022", "ServerDatacenter"), "WX4NM-KYWYW-QJJR4-XV3QB-6VM33");
    assert.equal(setupKeyOf("Windows Server 2022", "ServerDatacenterCor"), "WX4NM-KYWYW-QJJR4-XV3QB-6VM33");
    assert.equal(setupKeyOf("Windows 10", "Professional"), "W269N-WFGWX-YVC9B-4J6C9-T83GX");
  });

  it("finds none for an evaluation copy or an edition without a key", () => {
    assert.equal(setupKeyOf("Windows Server 2022", "ServerDatacenterEval"), undefined);
    assert.equal(setupKeyOf("Windows 10", "Core"), undefined);
  });
});
