import assert from "node:assert/strict";
import { ensureClientPlan } from "../../provider/group/plan";
import {
  activate,
  boot,
  bootClients,
  bootHost,
  desiredClientState,
  server2022,
  setupKeys,
  testLab,
} from "../lab/windows/test-lab";
import { azureMembers, members, withCode } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

const host2012R2 = {
  name: "kms01",
  os: "Windows Server 2012 R2",
  edition: "Standard",
  key: { keyGroup: "Windows Server 2019" },
  assume: { updates: ["KB4467695"] },
};

describe("K13: stand-alone servers without DNS suffix", () => {
  const clients = {
    name: "web",
    hosts: ["kms01"],
    os: "Windows Server 2012 R2",
    edition: "Standard",
    machines: members(8),
    assume: { domainJoined: false, dnsSuffix: "" },
    discovery: "dns" as const,
  };

  it("K13: at preview they look nowhere, when nobody tells them the zone", () => {
    expectDiagnostics(diagnosticsOf([host2012R2], [clients]), [
      "error",
      "KMS2219",
      "web",
      /in no domain and have no DNS suffix, so they do not look in the host's own domain; Windows reports 0x8007007B/,
      /Set lookupDomain to the host's zone, or discovery: "fixedHost"/,
    ]);
    const published = ["corp.example", "eu.example"].map((zoneName, index) => ({
      ...host2012R2,
      name: `kms0${index + 1}`,
      zones: [{ zoneName }],
    }));
    const onBoth = { ...clients, hosts: ["kms01", "kms02"], machines: members(40) };
    expectDiagnostics(diagnosticsOf(published, [onBoth]), [
      "error",
      "KMS2219",
      "web",
      /do not look in corp\.example, eu\.example/,
    ]);
  });

  it("K13: at preview a lookup domain keeps discovery on DNS; the package sets it where the host publishes", () => {
    expectDiagnostics(diagnosticsOf([host2012R2], [{ ...clients, lookupDomain: "corp.example" }]));
    expectDiagnostics(diagnosticsOf([{ ...host2012R2, zones: [{ zoneName: "corp.example" }] }], [clients]));
  });

  it("K13: at preview machines in Azure are warned of the platform's own suffix", () => {
    const azure = { ...clients, machines: azureMembers(8), assume: {} };
    const diagnostics = diagnosticsOf([host2012R2], [azure]);
    assert.match(withCode(diagnostics, "KMS2220")[0].message, /Azure's own DNS suffix .*Set lookupDomain/);
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
  });

  it("K13: at update the two codes have remedies of their own, and a host is never fixed beside a lookup domain", () => {
    expectExplained(
      "0x8007007B",
      "client",
      /no SRV record was looked up, .*DNS suffix/,
      /Set the lookup domain or pin the KMS host by name/,
    );
    expectExplained(
      "0x8007232B",
      "client",
      /no SRV record for KMS in the zone that was asked/,
      /Publish an SRV record/,
    );
    const desired = desiredClientState(setupKeys.server2022Datacenter);
    const methods = (changes: object) =>
      ensureClientPlan({ ...desired, ...changes }).operations.map(({ method }) => method);
    const fixed = methods({
      discovery: "fixedHost",
      host: { name: "kms01", port: 1688 },
      lookupDomain: "corp.example",
    });
    assert.ok(fixed.includes("ClearKeyManagementServiceLookupDomain"));
    assert.ok(!fixed.includes("SetKeyManagementServiceLookupDomain"));
    const byDns = methods({ lookupDomain: "corp.example" });
    assert.ok(byDns.includes("ClearKeyManagementServiceMachine"));
    assert.ok(!byDns.includes("SetKeyManagementServiceMachine"));
  });
});

describe("K14: Azure Firewall lets the connection through, activation fails all the same", () => {
  const clients = {
    name: "web",
    hosts: [],
    azureKms: true,
    os: "Windows Server 2019",
    edition: "Datacenter",
    machines: azureMembers(5),
    assume: {
      network: {
        defaultRoute: "VirtualAppliance" as const,
        firewallApplicationRules: ["https:1688 kms.core.windows.net"],
        firewallNetworkRules: [],
      },
    },
  };

  it("K14: at preview the application rule is an error, and the rest of the way a warning", () => {
    expectDiagnostics(
      diagnosticsOf([], [clients]),
      [
        "warning",
        "KMS2234",
        "web",
        /passes a firewall\. Add a network rule for TCP 1688; an application rule does not work/,
      ],
      [
        "error",
        "KMS2106",
        "web",
        /"https:1688 kms\.core\.windows\.net"/,
        /Replace it with a network rule for TCP 1688, by address, or by name if the firewall is the machines' DNS proxy/,
      ],
      [
        "warning",
        "KMS2107",
        "web",
        /since March 2023 all machines use azkms\.core\.windows\.net\. Allow both names/,
      ],
    );
  });

  it("K14: the same holds for a KMS host behind such a firewall", () => {
    const host = { name: "kms", os: "Windows Server 2022", edition: "Datacenter", assume: clients.assume };
    const codes = diagnosticsOf([host]).map(({ code }) => code);
    assert.deepEqual(codes, ["KMS2106", "KMS2107"]);
  });

  it("K14: at update 0xC004F074 names the firewall's network rule", () => {
    expectExplained("0xC004F074", "client", /an Azure Firewall needs a network rule/);
  });
});

describe("K15: forced tunnelling and custom DNS", () => {
  const clients = {
    name: "web",
    hosts: [],
    azureKms: true,
    os: "Windows Server 2012 R2",
    edition: "Datacenter",
    machines: azureMembers(10),
    assume: {
      network: {
        defaultRoute: "VirtualNetworkGateway" as const,
        privateSubnet: false,
        dnsServers: ["10.20.0.4", "10.20.0.5"],
      },
    },
  };

  it("K15: at preview three routes are named, for every version of Windows", () => {
    expectDiagnostics(
      diagnosticsOf([], [clients]),
      [
        "warning",
        "KMS2232",
        "web",
        /only requests from an Azure public address, for every version of Windows/,
        /next hop Internet for 20\.118\.99\.224\/32, 40\.83\.235\.53\/32 and 23\.102\.135\.246\/32, all three/,
        /let 10\.20\.0\.4 and 10\.20\.0\.5 resolve azkms\.core\.windows\.net and kms\.core\.windows\.net/,
      ],
      [
        "info",
        "KMS2233",
        "web",
        /a KMSHost that these machines reach over private addresses needs no such routes/,
      ],
      ["warning", "KMS2236", "web", /does not offer managed run commands on Windows Server 2012 R2/],
    );
  });

  it("K15: at update the codes of event 8198 mean that the host could not be contacted", () => {
    for (const hresult of ["0xC0020017", "0x8007139F", "0xC004F074"]) {
      expectExplained(hresult, "client", /could be contacted|could not be contacted/);
    }
  });
});

describe("K16: a prompt in the script, and the machine takes no further command", () => {
  it("K16: at preview nothing is said of what only the machine knows", () => {
    const vm = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/";
    const azureVmIds = Array.from({ length: 30 }, (_, index) => `${vm}web${index}`);
    const host = {
      name: "kms01",
      os: "Windows Server 2022",
      edition: "Datacenter",
      key: { keyGroup: "Windows Server 2022" },
    };
    const clients = {
      name: "web",
      hosts: ["kms01"],
      os: "Windows Server 2022",
      edition: "Datacenter",
      machines: { azureVmIds },
    };
    expectDiagnostics(diagnosticsOf([host], [clients]), ["info", "KMS2226", "web"]);
  });
});

describe("K19: after a change of the time zone the KMS refuses the server", () => {
  const groups = [6, 1].map((count, index) => ({
    name: `web${index}`,
    hosts: ["kms01"],
    os: "Windows Server 2012 R2",
    edition: "Standard",
    count,
  }));

  it("K19: at preview nothing is said of clocks and time zones", () => {
    expectDiagnostics(diagnosticsOf([host2012R2], groups));
  });

  it("K19: at update only the machine whose clock is off is refused, and its code is explained", () => {
    const lab = testLab();
    bootHost(lab, "kms01");
    bootClients(lab, 5);
    const far = boot(lab, "far", { ...server2022, clockSkewMinutes: 420 });
    assert.equal(activate(lab, far), "0xC004F06C");
    assert.equal(activate(lab, boot(lab, "late")), "done");
    expectExplained(
      "0xC004F06C",
      "client",
      /more than 4 hours apart in UTC/,
      /Correct the clock, .* the time zone does not matter/,
    );
    expectExplained("0xC004F074", "client", /clocks agree\. Event 12288 holds the inner code/);
  });
});
