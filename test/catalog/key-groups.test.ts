import assert from "node:assert/strict";
import { findHosting, groupsHostedOn } from "../../provider/catalog/key-groups";
import {
  type KeyGroupEntry,
  findKeyGroup,
  keyGroups,
  officeEndOfSupport,
  suggestKeyGroups,
} from "../../provider/catalog/key-groups";
import { KeyGroup } from "../../provider/catalog/names.generated";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { findProductName } from "../../provider/catalog/product-names";
import { setupKeys } from "../../provider/catalog/setup-keys";
import { findServing, groupsServing } from "../../provider/catalog/key-groups";
import table from "./seed-table.json";

interface TableRow {
  requirement: string;
  keyGroup: string;
  host?: string;
  client?: string;
}

const rows = table as TableRow[];

function groupOf(name: string): KeyGroupEntry {
  const group = findKeyGroup(name);
  assert.ok(group, name);
  return group;
}

/** What a name printed in the table stands for, as operating system and edition. */
function meant(name: string): { product: string; edition: string }[] {
  const known = findProductName(name);
  const products = known?.products ?? [{ product: name, editions: "all" as const }];
  return products.flatMap(({ product, editions }) =>
    (editions === "all" ? ["Standard"] : editions).map((edition) => ({ product, edition })),
  );
}

describe("key groups against the table of Windows Server 2019 Activation", () => {
  for (const { requirement, keyGroup, host, client } of rows) {
    if (host !== undefined) {
      it(`${requirement}: "${keyGroup}" can be hosted on ${host}`, () => {
        for (const { product, edition } of meant(host)) {
          const hosting = findHosting(groupOf(keyGroup), product);
          assert.ok(hosting, product);
          assert.ok(hosting.requirements?.includes(requirement));
          assert.ok(hosting.editions?.includes(edition) ?? true);
        }
      });
    } else if (client !== undefined) {
      it(`${requirement}: "${keyGroup}" activates ${client}`, () => {
        for (const { product, edition } of meant(client)) {
          const serving = findServing(groupOf(keyGroup), product, edition);
          assert.deepEqual(serving?.requirements, [requirement]);
          assert.equal(serving?.listing, "seed");
        }
      });
    } else {
      it(`${requirement}: "${keyGroup}" exists`, () => {
        assert.deepEqual(groupOf(keyGroup).requirements, [requirement]);
        assert.equal(groupOf(keyGroup).name, keyGroup);
      });
    }
  }

  it("has the table's 4 groups, 14 hosts and 59 clients", () => {
    assert.equal(rows.filter(({ host, client }) => host === undefined && client === undefined).length, 4);
    assert.equal(rows.filter(({ host }) => host !== undefined).length, 14);
    assert.equal(rows.filter(({ client }) => client !== undefined).length, 59);
  });

  it("has no host or client with a requirement that the table does not give", () => {
    const known = new Set(rows.map(({ requirement }) => requirement));
    const used = keyGroups().flatMap(({ hosts, clients }) =>
      [...hosts, ...clients].flatMap(({ requirements }) => requirements ?? []),
    );
    assert.deepEqual(
      used.filter((requirement) => !known.has(requirement)),
      [],
    );
  });
});

describe("findHosting", () => {
  const refusals: [string, string][] = [
    [KeyGroup.WindowsServer2019, "Windows Server 2012"],
    [KeyGroup.WindowsServer2019, "Windows Server 2022"],
    [KeyGroup.WindowsServer2019, "Windows 10"],
    [KeyGroup.WindowsServer2016, "Windows Server 2019"],
    [KeyGroup.WindowsServer2012R2ForWindows10, "Windows Server 2016"],
    [KeyGroup.Windows10, "Windows Server 2022"],
    [KeyGroup.Windows10, "Windows 11"],
    [KeyGroup.Windows10, "Windows 8"],
    [KeyGroup.WindowsServer2022, "Windows Server, version 20H2"],
  ];
  for (const [group, os] of refusals) {
    it(`fails when ${os} shall host "${group}"`, () => {
      assert.equal(findHosting(groupOf(group), os), undefined);
    });
  }

  it("limits the editions only where the table does", () => {
    const limited = keyGroups().flatMap(({ id, hosts }) =>
      hosts.filter(({ editions }) => editions !== undefined).map(({ os, editions }) => [id, os, editions]),
    );
    assert.deepEqual(limited, [
      ["WindowsServer2012R2ForWindows10", "Windows Server 2012 R2", ["Standard", "Datacenter"]],
      ["WindowsServer2012R2ForWindows10", "Windows Server 2012", ["Standard", "Datacenter"]],
    ]);
  });

  it("finds the groups of a host", () => {
    const windows = groupsHostedOn("Windows Server 2022").filter(
      ({ application }) => application === "windows",
    );
    assert.deepEqual(
      windows.map(({ name }) => name),
      [KeyGroup.WindowsServer2025, KeyGroup.WindowsServer2022],
    );
  });

  it("hosts client groups on clients and server groups on servers", () => {
    for (const { hostFamily, hosts, name } of keyGroups().filter(
      ({ hostFamily: family }) => family !== "any",
    )) {
      const families = operatingSystems()
        .filter((os) => hosts.some((host) => host.os === os.name))
        .map(({ family }) => family);
      assert.deepEqual([...new Set(families)], [hostFamily], name);
    }
  });
});

describe("findServing", () => {
  const listing = (group: string, os: string, edition: string) =>
    findServing(groupOf(group), os, edition)?.listing;

  it("tells what only the present page lists", () => {
    assert.equal(listing(KeyGroup.WindowsServer2025, "Windows Server 2025", "Datacenter"), "current");
    assert.equal(listing(KeyGroup.WindowsServer2022, "Windows 11", "Enterprise"), "current");
    assert.equal(listing(KeyGroup.WindowsServer2019, "Windows 10", "Enterprise N"), "current");
    assert.equal(listing(KeyGroup.WindowsServer2019, "Windows 10", "Enterprise LTSC 2021"), "current");
  });

  it("tells what no page lists although a setup key exists", () => {
    assert.equal(listing(KeyGroup.WindowsServer2019, "Windows 8", "Pro"), "unlisted");
    assert.equal(listing(KeyGroup.WindowsServer2016, "Windows 10", "Pro Education"), "unlisted");
    assert.equal(listing(KeyGroup.WindowsServer2012R2ForWindows10, "Windows 10", "Enterprise N"), "unlisted");
    assert.equal(listing(KeyGroup.WindowsServer2019, "Windows 11", "Enterprise"), "unlisted");
    assert.equal(listing(KeyGroup.WindowsServer2016, "Windows 11", "Pro Education N"), "unlisted");
    assert.equal(listing(KeyGroup.WindowsServer2022, "Windows 11 LTSC 2024", "Enterprise LTSC"), "unlisted");
    assert.equal(
      listing(KeyGroup.WindowsServer2019, "Windows 11 LTSC 2024", "Enterprise N LTSC"),
      "unlisted",
    );
  });

  it("refuses no product that has its setup key in common with one that the group activates", () => {
    for (const group of keyGroups()) {
      const keys = new Set(
        setupKeys()
          .filter(({ product, edition }) => findServing(group, product, edition) !== undefined)
          .map(({ key }) => key),
      );
      const refused = setupKeys().filter(
        ({ product, edition, key }) => keys.has(key) && findServing(group, product, edition) === undefined,
      );
      assert.deepEqual(refused, [], group.name);
    }
  });

  it("names no group for editions that have a setup key of their own and stand in no table", () => {
    for (const [os, edition] of [
      ["Windows 11", "Enterprise G"],
      ["Windows 10", "Enterprise G N"],
      ["Windows IoT LTSC 2024", "IoT Enterprise LTSC"],
    ]) {
      assert.deepEqual(groupsServing(os, edition), [], `${os} ${edition}`);
    }
  });

  const refusals: [string, string, string][] = [
    [KeyGroup.WindowsServer2016, "Windows Server 2019", "Datacenter"],
    [KeyGroup.WindowsServer2016, "Windows 10 LTSC 2019", "Enterprise LTSC"],
    [KeyGroup.Windows10, "Windows 10 LTSB 2016", "Enterprise LTSB"],
    [KeyGroup.Windows10, "Windows Server 2016", "Standard"],
    [KeyGroup.WindowsServer2012R2ForWindows10, "Windows 10 LTSB 2016", "Enterprise LTSB"],
    [KeyGroup.WindowsServer2025, "Windows 10", "Home"],
    [KeyGroup.WindowsServer2025, "Windows Vista", "Business"],
    [KeyGroup.WindowsServer2025, "Office 2019", "Office Standard 2019"],
  ];
  for (const [group, os, edition] of refusals) {
    it(`fails when "${group}" shall activate ${os} ${edition}`, () => {
      assert.equal(findServing(groupOf(group), os, edition), undefined);
    });
  }

  it("serves a release where its channel is served", () => {
    const serving = findServing(
      groupOf(KeyGroup.WindowsServer2016),
      "Windows Server, version 1809",
      "Standard",
    );
    assert.deepEqual(serving?.requirements, ["R048"]);
  });

  it("finds the groups that serve a client", () => {
    assert.deepEqual(
      groupsServing("Windows 10 LTSC 2021", "Enterprise LTSC").map(({ name }) => name),
      [KeyGroup.WindowsServer2025, KeyGroup.WindowsServer2022, KeyGroup.WindowsServer2019],
    );
    assert.deepEqual(
      groupsServing("Office 2019", "Visio Standard 2019").map(({ id }) => id),
      ["Office2019"],
    );
  });
});

describe("the end of Office's support", () => {
  it("is known by version, by its short and its full name", () => {
    assert.equal(officeEndOfSupport("2016"), "2025-10-14");
    assert.equal(officeEndOfSupport("Office 2019"), "2025-10-14");
    assert.equal(officeEndOfSupport("LTSC 2021"), "2026-10-13");
    assert.equal(officeEndOfSupport("Office LTSC 2024"), "2029-10-09");
    assert.equal(officeEndOfSupport("2013"), undefined);
  });
});

describe("key group names", () => {
  it("finds a group by the short name", () => {
    assert.equal(findKeyGroup("Windows Server 2022")?.name, KeyGroup.WindowsServer2022);
    assert.equal(
      findKeyGroup("Windows Server 2012 R2 for Windows 10")?.name,
      KeyGroup.WindowsServer2012R2ForWindows10,
    );
  });

  it("suggests the nearest names", () => {
    assert.equal(suggestKeyGroups("Windows Server 2023")[0], KeyGroup.WindowsServer2025);
    assert.deepEqual(suggestKeyGroups("Exchange"), []);
  });
});
