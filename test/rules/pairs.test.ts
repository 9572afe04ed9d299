import assert from "node:assert/strict";
import { findKeyGroup } from "../../provider/catalog/key-groups";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { pairVerdict } from "../../provider/rules/pairs";
import table from "../catalog/seed-table.json";
import { diagnosticsOf, group, host, members } from "./program";
import names from "./printed-names.json";
import published from "./published-pairs.json";

/** Editions by operating system. */
type Editions = Record<string, string[] | "all">;

interface PublishedGroup {
  keyGroup: string;
  source: string;
  hosts: Editions;
  listed: Editions;
  unlisted: Editions;
}

interface TableRow {
  requirement: string;
  keyGroup: string;
  host?: string;
  client?: string;
}

const publishedGroups = published as unknown as PublishedGroup[];
const printed = new Map(
  (names as { name: string; means: { os: string; editions: string[] | "all" }[] }[]).map((row) => [
    row.name,
    row.means,
  ]),
);
const systems = operatingSystems().filter(({ documentedElsewhere }) => documentedElsewhere === undefined);
const everything = systems.flatMap(({ name, editions }) =>
  editions.map((edition) => ({ os: name, edition: edition.name })),
);

/** Activates in Azure alone, so that no pair has it. */
const multiSession = "Enterprise multi-session";

const has = (editions: Editions, os: string, edition: string) =>
  editions[os] === "all" || editions[os]?.includes(edition) === true;

/** Each operating system and edition that a name in Microsoft's table stands for. */
function meant(name: string) {
  const means = printed.get(name);
  assert.ok(means, name);
  return everything.filter((one) =>
    means.some(({ os, editions }) => os === one.os && (editions === "all" || editions.includes(one.edition))),
  );
}

/** Whether a KMS host with a key of the group is accepted on this operating system and edition. */
const hostIsAccepted = (keyGroup: string, os: string, edition: string) =>
  diagnosticsOf([host({ key: { keyGroup }, os, edition })]).every(({ severity }) => severity !== "error");

/** Setup keys are those of its releases, so that it is refused by itself and not because of the pair. */
const isChannel = (os: string) => operatingSystems().some(({ releaseOf }) => releaseOf === os);

/** What is said of clients of this operating system and edition on a host with a key of the group. */
function clientPair(
  keyGroup: string,
  os: string,
  edition: string,
): "listed" | "unlisted" | "refused" | "unknown" {
  if (isChannel(os)) {
    return pairVerdict({ group: findKeyGroup(keyGroup), os, edition }).listing;
  }
  const clients = group({ os, edition, machines: members(30) });
  const codes = diagnosticsOf([host({ key: { keyGroup }, os: undefined })], [clients]).map(
    ({ code }) => code,
  );
  const refusals = ["KMS2013", "KMS2016", "KMS2017", "KMS2015"];
  return refusals.some((code) => codes.includes(code))
    ? "refused"
    : codes.includes("KMS2204")
      ? "unlisted"
      : "listed";
}

describe("the table of Windows Server 2019 Activation", () => {
  for (const row of table as TableRow[]) {
    const { requirement, keyGroup, host: hostName, client } = row;
    if (hostName !== undefined) {
      it(`${requirement}: a KMS host with "${keyGroup}" is accepted on ${hostName}`, () => {
        const systemsMeant = meant(hostName);
        assert.ok(systemsMeant.length > 0);
        for (const { os, edition } of systemsMeant.filter((one) => one.edition !== multiSession)) {
          const limited = publishedGroups.find((one) => one.keyGroup === keyGroup)!.hosts[os];
          if (limited === "all" || limited.includes(edition)) {
            assert.ok(hostIsAccepted(keyGroup, os, edition), `${os} ${edition}`);
          }
        }
      });
    } else if (client !== undefined) {
      it(`${requirement}: "${keyGroup}" activates ${client}`, () => {
        const clients = meant(client);
        assert.ok(clients.length > 0);
        for (const { os, edition } of clients) {
          assert.equal(clientPair(keyGroup, os, edition), "listed", `${os} ${edition}`);
        }
      });
    }
  }
});

describe("every pair that Microsoft does not list", () => {
  it("has a published group for each key group of Windows", () => {
    assert.equal(publishedGroups.length, 6);
  });

  for (const { keyGroup, hosts, listed, unlisted } of publishedGroups) {
    it(`"${keyGroup}" is hosted on nothing else`, () => {
      const accepted = everything.filter(({ os, edition }) => hostIsAccepted(keyGroup, os, edition));
      const expected = everything.filter(
        ({ os, edition }) =>
          has(hosts, os, edition) && !edition.endsWith("Azure Edition") && edition !== multiSession,
      );
      assert.ok(expected.length > 0);
      assert.deepEqual(accepted, expected);
    });

    it(`"${keyGroup}" activates nothing else`, () => {
      for (const { os, edition } of everything) {
        const expected =
          edition === multiSession
            ? "refused"
            : has(listed, os, edition)
              ? "listed"
              : has(unlisted, os, edition)
                ? "unlisted"
                : "refused";
        assert.equal(clientPair(keyGroup, os, edition), expected, `${os} ${edition}`);
      }
    });
  }

  it("is refused with the pair's own code, for a host and for clients", () => {
    const refusals: [string, string, string][] = [
      ["Volume License for Windows Server 2019", "Windows Server 2012", "Standard"],
      ["Volume License for Windows Server 2019", "Windows 10", "Enterprise"],
      ["Volume License for Windows Server 2019", "Windows 8.1", "Pro"],
      ["Volume License for Windows Server 2019", "Windows 7", "Enterprise"],
      ["Volume License for Windows Server 2019", "Windows Server 2008 R2", "Standard"],
      ["Volume License for Windows Server 2016", "Windows Server 2019", "Standard"],
      ['Volume license for "Windows Server 2012 R2 for Windows 10"', "Windows Server 2016", "Standard"],
      ['Volume license for "Windows Server 2012 R2 for Windows 10"', "Windows Server 2019", "Standard"],
      ["Volume license for Windows 10", "Windows Server 2022", "Datacenter"],
    ];
    for (const [keyGroup, os, edition] of refusals) {
      const codes = diagnosticsOf([host({ key: { keyGroup }, os, edition })]).map(({ code }) => code);
      assert.deepEqual(codes, ["KMS2004"], `${keyGroup} on ${os}`);
    }
  });
});

describe("every refused pair", () => {
  it("is refused by one message", () => {
    let refused = 0;
    const hosts = [undefined, "Windows Server 2008 R2", "Windows Server 2025", "Windows 11"];
    for (const { keyGroup } of publishedGroups) {
      for (const { os, edition } of everything) {
        for (const hostOs of hosts) {
          const kms = host({
            key: { keyGroup },
            os: hostOs,
            machine: { fqdn: "kms.corp.example" },
            readOnly: true,
          });
          const errors = diagnosticsOf([kms], [group({ os, edition, machines: members(30) })])
            .filter(({ severity, resource }) => severity === "error" && resource === "web")
            .map(({ code }) => code);
          refused += errors.length;
          assert.ok(errors.length <= 1, `${keyGroup} on ${hostOs}, ${os} ${edition}: ${errors.join(", ")}`);
        }
      }
    }
    assert.ok(refused > 0);
  });
});

describe("R018: the table decides", () => {
  it("R018: on group, host and edition together", () => {
    const for10 = 'Volume license for "Windows Server 2012 R2 for Windows 10"';
    assert.equal(hostIsAccepted(for10, "Windows Server 2012 R2", "Datacenter"), true);
    assert.equal(hostIsAccepted(for10, "Windows Server 2012 R2", "Essentials"), false);
    assert.equal(hostIsAccepted(for10, "Windows Server 2016", "Datacenter"), false);
  });
});
