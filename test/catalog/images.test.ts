import assert from "node:assert/strict";
import { findImage, findNamedImage, images } from "../../provider/catalog/images";
import { KmsError } from "../../provider/errors/kms-error";

describe("findImage", () => {
  const facts: [string, string, boolean, string, boolean][] = [
    ["Windows Server 2025", "Datacenter", false, "2025-datacenter-g2", true],
    ["Windows Server 2022", "Datacenter", false, "2022-datacenter-g2", true],
    ["Windows Server 2022", "Datacenter", true, "2022-datacenter-core-g2", true],
    ["Windows Server 2022", "Datacenter: Azure Edition", true, "2022-datacenter-azure-edition-core", true],
    ["Windows Server 2019", "Datacenter", false, "2019-datacenter-gensecond", true],
    ["Windows Server 2016", "Datacenter", true, "2016-datacenter-server-core-g2", true],
    ["Windows Server 2012 R2", "Datacenter", false, "2012-r2-datacenter-gensecond", false],
    ["Windows 11", "Enterprise", false, "win11-25h2-ent", true],
    ["Windows 10", "Professional", false, "win10-22h2-pro-g2", true],
  ];
  for (const [os, edition, core, sku, trustedLaunch] of facts) {
    it(`finds ${os} ${edition}${core ? " Server Core" : ""}`, () => {
      const image = findImage(os, { edition, core });
      assert.deepEqual([image.sku, image.version, image.trustedLaunch], [sku, "latest", trustedLaunch]);
    });
  }

  it("finds the small disk on request", () => {
    const desired = { edition: "Datacenter", smallDisk: true };
    assert.equal(findImage("Windows Server 2022", desired).sku, "2022-datacenter-smalldisk-g2");
  });

  it("names publisher and offer", () => {
    const server = findImage("Windows Server 2022", { edition: "Datacenter" });
    assert.deepEqual([server.publisher, server.offer], ["MicrosoftWindowsServer", "windowsserver2022"]);
    const client = findImage("Windows 11", { edition: "Pro" });
    assert.deepEqual([client.publisher, client.offer], ["MicrosoftWindowsDesktop", "windows-11"]);
  });

  const refusals: [string, string, boolean, string][] = [
    ["Windows Server 2022", "Standard", false, "Windows Server 2022 Datacenter;"],
    ["Windows Server 2012 R2", "Datacenter", true, "Windows Server 2012 R2 Datacenter."],
    ["Windows 7", "Enterprise", false, "Windows Server 2025; Windows Server 2022"],
  ];
  for (const [os, edition, core, allowed] of refusals) {
    it(`fails when ${os} ${edition}${core ? " Server Core" : ""} has none, and names those there are`, () => {
      assert.throws(
        () => findImage(os, { edition, core }),
        (error: unknown) =>
          error instanceof KmsError && error.code === "KMS1202" && error.message.includes(allowed),
      );
    });
  }

  it("has the offer that Azure moved Windows Server 2022 to, for all of its images", () => {
    const moved = images().filter(({ os }) => os === "Windows Server 2022");
    assert.deepEqual(
      moved.map(({ offer, sku }) => [offer, sku]).sort(),
      [
        "2022-datacenter-azure-edition",
        "2022-datacenter-azure-edition-core",
        "2022-datacenter-azure-edition-core-smalldisk",
        "2022-datacenter-azure-edition-smalldisk",
        "2022-datacenter-core-g2",
        "2022-datacenter-core-smalldisk-g2",
        "2022-datacenter-g2",
        "2022-datacenter-smalldisk-g2",
      ].map((sku) => ["windowsserver2022", sku]),
    );
    const others = images().filter(
      ({ os }) => os.startsWith("Windows Server") && !moved.some((row) => row.os === os),
    );
    assert.deepEqual([...new Set(others.map(({ offer }) => offer))], ["WindowsServer"]);
  });

  it("knows from which day Azure refuses new machines", () => {
    const ends = images().flatMap(({ os, deprecatedFrom }) =>
      deprecatedFrom === undefined ? [] : [`${os} ${deprecatedFrom}`],
    );
    assert.deepEqual([...new Set(ends)].sort(), [
      "Windows Server 2012 R2 2024-12-05",
      "Windows Server 2016 2027-01-12",
    ]);
    assert.equal(ends.length, 6);
  });

  it("says which SKUs no page was found to print", () => {
    const open = images().filter(({ unconfirmed }) => unconfirmed === true);
    assert.deepEqual(
      open.map(({ sku }) => sku).sort(),
      [
        "2025-datacenter-azure-edition",
        "2025-datacenter-azure-edition-core",
        "2025-datacenter-azure-edition-core-smalldisk",
        "2025-datacenter-core-g2",
        "2025-datacenter-core-smalldisk-g2",
        "2025-datacenter-smalldisk-g2",
        "win11-25h2-ent",
        "win11-25h2-pro",
      ],
      "confirm each by az vm image list before a release",
    );
  });
});

describe("findNamedImage", () => {
  it("knows every image that machines are created from", () => {
    for (const { publisher, sku, os, edition } of images()) {
      assert.deepEqual(findNamedImage(publisher, sku.toUpperCase()), { os, edition }, sku);
    }
  });

  it("knows images by the names of their SKUs", () => {
    const [server, desktop] = ["microsoftwindowsserver", "microsoftwindowsdesktop"];
    for (const [publisher, sku, expected] of [
      [server, "2019-Datacenter-Core-with-Containers", "Windows Server 2019 Datacenter"],
      [server, "2012-Datacenter", "Windows Server 2012 Datacenter"],
      [server, "2012-R2-Datacenter", "Windows Server 2012 R2 Datacenter"],
      [server, "2022-datacenter-azure-edition-hotpatch", "Windows Server 2022 Datacenter: Azure Edition"],
      [desktop, "win11-23h2-avd-m365", "Windows 11 Enterprise multi-session"],
      [desktop, "20h2-evd", "Windows 10 Enterprise multi-session"],
      [desktop, "win11-24h2-entn", "Windows 11 Enterprise N"],
      [desktop, "win10-22h2-pro-g2", "Windows 10 Pro"],
    ]) {
      const { os, edition } = findNamedImage(publisher, sku)!;
      assert.equal(`${os} ${edition}`, expected, sku);
    }
    assert.equal(findNamedImage(server, "datacenter-core-20h2-with-containers-smalldisk"), undefined);
    assert.equal(findNamedImage("canonical", "2019-datacenter"), undefined);
  });
});
