import assert from "node:assert/strict";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup, reviewHost } from "../../provider/rules/rules";
import {
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  type HostChanges,
  messageOf,
  ofGroup,
  ofHost,
} from "./program";

const page =
  "https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-R2-and-2012/jj134256(v=ws.11)";

describe("R003: an operating system outside the catalogue", () => {
  it("R003: is refused as host and as client, with Microsoft's page for older ones", () => {
    const hosts = ofHost({ os: "Windows Server 2003", edition: "Standard" });
    assert.deepEqual(brief(hosts), ["kms error KMS2002 os"]);
    assert.ok(messageOf(hosts, "KMS2002").includes(page));
    const clients = ofGroup({ os: "Windows XP", edition: "Professional" });
    assert.deepEqual(brief(clients), ["web error KMS2002 os"]);
    assert.ok(messageOf(clients, "KMS2002").includes(page));
  });

  it("R003: is refused when it is known to be older than the table", () => {
    const diagnostics = ofGroup({ os: "Windows Vista", edition: "Business" });
    assert.ok(brief(diagnostics).includes("web error KMS2003 os"));
    assert.ok(messageOf(diagnostics, "KMS2003").includes(page));
  });

  it("gets the names that there are and the nearest one", () => {
    const message = messageOf(ofHost({ os: "Windows Server 2023" }), "KMS2002");
    assert.match(message, /the catalogue has no operating system "Windows Server 2023"/);
    assert.match(
      message,
      /Use one of: Windows Server 2025; Windows Server 2022; .*Did you mean "Windows Server 202\d"\?/,
    );
  });

  it("gets what activates it where it is a hosted desktop", () => {
    for (const os of ["Windows 365", "Windows 365 Cloud PC", "Cloud PC"]) {
      const diagnostics = ofGroup({ os, edition: "Enterprise" });
      assert.deepEqual(brief(diagnostics), ["web error KMS2002 os"]);
      assert.match(
        messageOf(diagnostics, "KMS2002"),
        /Azure's own KMS activates a Cloud PC, without this package\. .* TCP port 1688\. For older/,
      );
    }
    assert.match(
      messageOf(ofGroup({ os: "Azure Virtual Desktop" }), "KMS2002"),
      /Windows 11 with the edition Enterprise multi-session, which `azureKms: true` activates/,
    );
  });

  it("R001, R010, R011, R012, R013, R014, R015: is none of those that the page lists as hosts", () => {
    const listed: [string, string, string][] = [
      ["Windows 10", "Enterprise", "Windows 10"],
      ["Windows Server 2019", "Standard", "Windows Server 2019"],
      ["Windows Server 2016", "Standard", "Windows Server 2016"],
      ["Windows Server 2012 R2", "Standard", "Windows Server 2016"],
      ["Windows 8.1", "Pro", "Windows 10"],
      ["Windows Server 2012", "Standard", "Windows Server 2016"],
    ];
    for (const [os, edition, keyGroup] of listed) {
      assert.deepEqual(ofHost({ os, edition, key: { keyGroup } }), [], os);
    }
  });
});

describe("the product key group and the operating system of a KMS host", () => {
  it("that do not fit are an error with the hosts of the group and the groups of the host", () => {
    const diagnostics = ofHost({
      key: { keyGroup: "Volume License for Windows Server 2016" },
      os: "Windows Server 2019",
    });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2004 key.keyGroup"]);
    const message = messageOf(diagnostics, "KMS2004");
    assert.match(
      message,
      /Volume License for Windows Server 2016 cannot be installed on Windows Server 2019/,
    );
    assert.match(message, /hosted on Windows Server 2016, Windows Server 2012 R2 and Windows Server 2012\./);
    assert.match(
      message,
      /can host Volume License for Windows Server 2025, Volume License for Windows Server 2022 and Volume License for Windows Server 2019\.$/,
    );
  });

  it("are told with the group that keeps the clients as they are", () => {
    const diagnostics = diagnosticsOf(
      [host({ key: { keyGroup: "Windows Server 2016" } })],
      [group({ os: "Windows Server 2016", edition: "Standard" })],
    );
    assert.match(
      messageOf(diagnostics, "KMS2004"),
      /; with Volume License for Windows Server 2025 or Volume License for Windows Server 2022 the clients \(Windows Server 2016 Standard\) need no other setup key\.$/,
    );
  });

  it("are refused on an operating system that can host no group at all", () => {
    const message = messageOf(ofHost({ os: "Windows Server 2008", edition: "Standard" }), "KMS2004");
    assert.match(message, /Windows Server 2008 can host no group of the catalogue\.$/);
  });

  it("are not judged before both are known", () => {
    assert.deepEqual(ofHost({ os: undefined }), []);
    assert.deepEqual(ofHost({ key: undefined, os: "Windows Server 2008", edition: "Standard" }), []);
  });

  it("are judged by what was seen of the machine where the program leaves that to it", () => {
    const seen = { os: "Windows Server 2012" };
    assert.deepEqual(brief(ofHost({ os: undefined, edition: undefined, seen })), [
      "kms error KMS2004 key.keyGroup",
    ]);
  });
});

describe("support of a KMS host's operating system", () => {
  it("is missed from the day after its end on, as a warning", () => {
    assert.deepEqual(ofHost({}, { today: "2031-10-14" }), []);
    const diagnostics = ofHost({}, { today: "2031-10-15" });
    assert.deepEqual(brief(diagnostics), ["kms warning KMS2104 os"]);
    assert.match(messageOf(diagnostics, "KMS2104"), /support of Windows Server 2022 ended on 2031-10-14/);
  });

  it("A-01: may have ended for Windows Server 2008 R2 and Windows 7, which some groups list", () => {
    const today = "2026-01-01";
    const server = {
      key: { keyGroup: "Windows Server 2012 R2 for Windows 10" },
      os: "Windows Server 2008 R2",
      edition: "Standard",
    };
    assert.deepEqual(brief(ofHost(server, { today })), ["kms warning KMS2104 os"]);
    const client = { key: { keyGroup: "Windows 10" }, os: "Windows 7", edition: "Enterprise" };
    assert.deepEqual(brief(ofHost(client, { today })), ["kms warning KMS2104 os"]);
  });

  it("may be prolonged by Extended Security Updates, which the warning names while they last", () => {
    const old = { key: { keyGroup: "Windows Server 2016" }, os: "Windows Server 2016" };
    const on = (today: string) => messageOf(ofHost(old, { today }), "KMS2104");
    assert.match(on("2027-01-13"), /gets no more updates, except Extended .* bought until 2030-01-12\./);
    assert.match(on("2030-01-13"), /gets no more updates\. Move/);
  });

  it("is not judged without a day, nor of a host that somebody else manages", () => {
    const client = { key: { keyGroup: "Windows 10" }, os: "Windows 7", edition: "Enterprise" };
    assert.deepEqual(ofHost(client), []);
    assert.deepEqual(ofHost({ ...client, readOnly: true }, { today: "2026-01-01" }), []);
  });
});

describe("support of the clients' operating system", () => {
  const on = (today: string, changes: GroupChanges) => diagnosticsOf([host()], [group(changes)], { today });

  it("is reported from the day after its end on as information, because a KMS host still activates it", () => {
    const old = { os: "Windows 7", edition: "Enterprise", machines: {} };
    assert.deepEqual(on("2020-01-14", old), []);
    const diagnostics = on("2020-01-15", old);
    assert.deepEqual(brief(diagnostics), ["web info KMS2201 os"]);
    const keyless = group({ os: "Windows Server, version 23H2" });
    assert.deepEqual(brief(diagnosticsOf([host()], [keyless], { today: "2026-11-29" })), [
      "web error KMS2015 edition",
    ]);
    assert.match(
      messageOf(diagnostics, "KMS2201"),
      /support of Windows 7 ended on 2020-01-14, which does not keep a KMS host from activating it\. No action/,
    );
  });

  it("is reported of Office by its version", () => {
    const office = { office: { version: "2019" }, os: undefined, edition: undefined };
    const found = (today: string) => brief(on(today, office)).filter((one) => one.includes("KMS2201"));
    assert.deepEqual(found("2025-10-14"), []);
    assert.deepEqual(found("2025-10-15"), ["web info KMS2201 office.version"]);
    assert.match(
      messageOf(on("2026-01-01", office), "KMS2201"),
      /support of Office 2019 ended on 2025-10-14/,
    );
  });

  it("A-18: is a warning for a retired channel", () => {
    const diagnostics = on("2026-01-01", { os: "Windows Server, version 1809" });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2202 os"]);
    assert.match(messageOf(diagnostics, "KMS2202"), /Windows Server, version 1809 was retired on 2020-11-10/);
  });
});

describe("an evaluation copy", () => {
  const assume = { image: { evaluation: true } };

  it("is refused as KMS host", () => {
    const diagnostics = ofHost({ assume });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2103 assume.image.evaluation"]);
    assert.match(
      messageOf(diagnostics, "KMS2103"),
      /evaluation installation of Windows Server 2022 cannot take/,
    );
    assert.deepEqual(ofHost({ assume: { image: { evaluation: false } } }), []);
  });

  it("R147: is refused as client, with the way to convert its edition", () => {
    const diagnostics = ofGroup({ assume });
    assert.deepEqual(brief(diagnostics), ["web error KMS2223 assume.image.evaluation"]);
    assert.match(
      messageOf(diagnostics, "KMS2223"),
      /evaluation installation of Windows Server 2022 Datacenter cannot take a client setup key\. On a server, convert the edition first: `DISM \/online \/Get-TargetEditions.*Set-Edition:<target>/,
    );
    assert.deepEqual(ofGroup({ assume: { image: { evaluation: false } } }), []);
  });

  it("cannot be converted as a domain controller", () => {
    assert.deepEqual(brief(ofGroup({ assume: { ...assume, domainController: true } })), [
      "web error KMS2223 assume.image.evaluation",
      "web info KMS2224 assume.domainController",
    ]);
    assert.deepEqual(ofGroup({ assume: { domainController: true } }), []);
  });
});

describe("machines that are created", () => {
  const own = ["KMS1002", "KMS1202"];
  const ofNewHost = (changes: HostChanges) =>
    reviewHost(host({ machine: { create: {} }, zones: [], ...changes }), programIndex()).filter(({ code }) =>
      own.includes(code),
    );
  const ofNewGroup = (changes: GroupChanges) =>
    reviewGroup(group(changes), programIndex()).filter(({ code }) => own.includes(code));
  const paths = (diagnostics: { code: string; path: string }[]) =>
    diagnostics.map(({ code, path }) => `${code} ${path}`);

  it("are made from an image of the Azure Marketplace, or are an error", () => {
    assert.deepEqual(paths(ofNewHost({ key: { productKey: "x" } })), []);
    const [error] = ofNewHost({ key: { productKey: "x" }, os: "Windows 7", edition: "Enterprise" });
    assert.equal(`${error.severity} ${error.code} ${error.path}`, "error KMS1202 os");
    assert.match(error.message, /Azure has no image of Windows 7 Enterprise/);
    const windows7 = { os: "Windows 7", edition: "Enterprise" };
    assert.deepEqual(paths(ofNewGroup({ ...windows7, machines: { create: { count: 5 } } })), ["KMS1202 os"]);
    assert.deepEqual(paths(ofNewGroup({ ...windows7, machines: { scaleSet: { capacity: 5 } } })), [
      "KMS1202 os",
    ]);
    assert.deepEqual(paths(ofNewGroup({ ...windows7, machines: { azureVmIds: ["/vms/a"] } })), []);
  });

  it("are not looked for in the Marketplace before system and edition are known", () => {
    assert.deepEqual(paths(ofNewHost({ key: { productKey: "x" }, os: "Windows 3.1", edition: "Home" })), []);
    assert.deepEqual(
      paths(ofNewHost({ key: { productKey: "x" }, edition: undefined, unknown: ["edition"] })),
      [],
    );
  });

  it("need an operating system, those of a group an edition too", () => {
    const productKey = { key: { productKey: "x" } };
    assert.deepEqual(paths(ofNewHost({ ...productKey, os: undefined, edition: undefined })), ["KMS1002 os"]);
    assert.deepEqual(paths(ofNewHost({ ...productKey, edition: undefined })), []);
    const bare = { os: undefined, edition: undefined };
    const needed = ["KMS1002 os", "KMS1002 edition"];
    assert.deepEqual(paths(ofNewGroup({ ...bare, machines: { create: { count: 5 } } })), needed);
    assert.deepEqual(paths(ofNewGroup({ ...bare, machines: { scaleSet: { capacity: 5 } } })), needed);
    const existing = { machines: { azureVmIds: ["/vms/a"] } };
    assert.deepEqual(paths(ofNewGroup({ ...bare, ...existing })), []);
    assert.deepEqual(paths(ofNewHost({ ...productKey, ...bare, machine: { azureVmId: "/vms/kms" } })), []);
  });
});

describe("an evaluation copy as KMS host", () => {
  it("gets the whole way to another edition, and what bars a domain controller from it", () => {
    const assume = { image: { evaluation: true }, domainController: true };
    const diagnostics = ofHost({ assume });
    assert.deepEqual(brief(diagnostics), [
      "kms error KMS2103 assume.image.evaluation",
      "kms info KMS2224 assume.domainController",
    ]);
    assert.match(
      diagnostics[0].message,
      /Get-TargetEditions.*Set-Edition:<target>.*Datacenter Core only.*reinstall it\.$/,
    );
  });
});
