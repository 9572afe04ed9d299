import assert from "node:assert/strict";
import { ensureClientPlan } from "../../provider/group/plan";
import { retireHostPlan } from "../../provider/host/plan";
import { hostState } from "../../provider/host/observed";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { refuseMachine } from "../../provider/host/observed";
import { activationService } from "../../provider/lab/windows/activation-service";
import { answer } from "../machine/answer";
import { bootHost, desiredClientState, boot, server2022, setupKeys, testLab } from "../lab/windows/test-lab";
import { labKey, members } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

const host2022 = {
  name: "kms",
  os: "Windows Server 2022",
  edition: "Datacenter",
  key: { keyGroup: "Windows Server 2022" },
};
const azureEdition = "Datacenter: Azure Edition";
const withEdition = (editionId: string) => hostState(answer({ machine: { ...answer().machine, editionId } }));

describe("K05: setup key of Windows Server 2022 Datacenter and the Azure Edition", () => {
  const clients = {
    name: "web",
    hosts: ["kms"],
    os: "Windows Server 2022",
    edition: azureEdition,
    machines: members(6),
  };

  it("K05: at preview the key of plain Datacenter is refused (variant A)", () => {
    const given = { ...clients, setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33" };
    expectDiagnostics(diagnosticsOf([host2022], [given]), [
      "error",
      "KMS2012",
      "web",
      /setup key of Windows Server 2022 Datacenter, but the members of the group are .*Datacenter: Azure Edition/,
      /Leave setupKey out, or use NTBV8-9K7Q8-V27C6-M2BTV-KHMXV/,
    ]);
  });

  it("K05: at preview the key is chosen where none is given, and Azure is named (variant B)", () => {
    expectDiagnostics(diagnosticsOf([host2022], [clients]), [
      "info",
      "KMS2225",
      "web",
      /activated by Azure, or by the Azure Local system .*, so a KMS host of your own is rarely needed/,
    ]);
  });

  it("K05: at preview Azure Edition is no KMS host (variant C)", () => {
    expectDiagnostics(diagnosticsOf([{ ...host2022, edition: azureEdition }]), [
      "error",
      "KMS2006",
      "kms",
      /Datacenter: Azure Edition is activated by Azure and cannot be a KMS host/,
      /an image whose name does not contain azure-edition/,
    ]);
  });

  it("K05: at update a machine that shows it is refused before a key is installed", () => {
    const declared = { os: "Windows Server 2022" };
    assert.throws(() => refuseMachine(withEdition("ServerTurbine"), declared), { code: "KMS4008" });
    expectExplained("0xC004F069", "client", /another edition than the one installed/);
    expectExplained(
      "0xC004F050",
      "client",
      /setup key of the operating system and edition that are installed/,
    );
  });
});

describe("K06: a key table that mixes KMS setup keys with AVMA keys", () => {
  const host = {
    name: "kms",
    os: "Windows Server 2019",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2019" },
  };
  const old = {
    name: "old",
    hosts: ["kms"],
    os: "Windows Server 2012 R2",
    edition: "Standard",
    machines: members(6),
    assume: { hypervisor: "Hyper-V on Windows 10" },
  };
  const young = {
    name: "new",
    hosts: ["kms"],
    os: "Windows Server 2019",
    edition: "Standard",
    machines: members(6),
  };

  it("K06: at preview what is no setup key of the edition is refused, with the one that is", () => {
    const diagnostics = diagnosticsOf([host], [{ ...old, setupKey: labKey }, young]);
    expectDiagnostics(
      diagnostics,
      [
        "error",
        "KMS2011",
        "old",
        /not a KMS client setup key of Windows Server 2012 R2 Standard; AVMA, .*cannot be used with KMS/,
        /Leave setupKey out, or use D2N9P-3P6X9-2R39C-7RTCD-MDVJX/,
      ],
      ["info", "KMS2228", "old", /\(AVMA\); .* this package does not manage them/],
    );
    assert.ok(!JSON.stringify(diagnostics).includes(labKey));
  });

  it("K06: at update a key of another channel is replaced by the setup key, then activated", () => {
    const [install] = ensureClientPlan(desiredClientState(setupKeys.server2022Datacenter)).operations;
    assert.equal(install.method, "InstallProductKey");
    assert.deepEqual(install.unless?.at(-1), {
      on: "product",
      property: "ProductKeyChannel",
      is: "Volume:GVLK",
    });
    expectExplained("0xC004FD01", "client", /AVMA key is installed/, /Install the setup key/);
  });
});

describe("K07: evaluation image of Standard Core", () => {
  const assume = { image: { evaluation: true } };
  const clients = {
    name: "web",
    hosts: ["kms"],
    os: "Windows Server 2022",
    edition: "Standard",
    machines: members(6),
    assume,
  };

  it("K07: at preview it takes no setup key, and can become Datacenter Core only (variant A)", () => {
    const facts = [
      /cannot take a client setup key\. On a server, convert the edition first/,
      /Standard Core can be converted to Datacenter Core only; for Standard install from volume license media/,
    ];
    expectDiagnostics(diagnosticsOf([host2022], [clients]), ["error", "KMS2223", "web", ...facts]);
    expectDiagnostics(
      diagnosticsOf([host2022], [{ ...clients, assume: { ...assume, domainController: true } }]),
      ["error", "KMS2223", "web"],
      ["info", "KMS2224", "web", /domain controller cannot be converted/],
    );
  });

  it("K07: at preview it takes no host key (variant B)", () => {
    expectDiagnostics(diagnosticsOf([{ ...host2022, edition: "Standard", assume }]), [
      "error",
      "KMS2103",
      "kms",
      /evaluation installation of Windows Server 2022 cannot take a KMS host key/,
    ]);
  });

  it("K07: at update an EditionID with Eval is refused before a key is installed", () => {
    const declared = { os: "Windows Server 2022" };
    for (const editionId of ["ServerStandardEvalCor", "ServerDatacenterEval"]) {
      assert.throws(() => refuseMachine(withEdition(editionId), declared), { code: "KMS4007" });
    }
    expectExplained("0xC004F015", "client", /the image is an evaluation/, /has to be converted first/);
    expectExplained("0xC004F015", "host", /evaluation edition has to be converted first/);
  });
});

describe("K10: host key used on every single machine", () => {
  const host = {
    os: "Windows Server 2008 R2",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2012 R2 for Windows 10", productKey: labKey },
  };
  const clients = {
    name: "web",
    hosts: ["kms01"],
    os: "Windows Server 2008 R2",
    edition: "Standard",
    machines: members(9),
  };

  it("K10: at preview the seventh host is refused, and the six are named (variant A)", () => {
    const hosts = Array.from({ length: 7 }, (_, index) => ({ ...host, name: `kms0${index + 1}` }));
    expectDiagnostics(diagnosticsOf(hosts), [
      "error",
      "KMS2101",
      "kms07",
      /activates 6 hosts: kms01, kms02, kms03, kms04, kms05, kms06/,
      /ask Microsoft to allow more hosts .*declare the exception in the key as hostLimitException/,
    ]);
  });

  it("K10: at preview the host key is refused on clients, without being shown (variant B)", () => {
    const diagnostics = diagnosticsOf([{ ...host, name: "kms01" }], [{ ...clients, setupKey: labKey }]);
    expectDiagnostics(diagnostics, [
      "error",
      "KMS2010",
      "web",
      /ending in N2W2K is the product key of the KMSHost kms01/,
      /the package chooses the setup key by os and edition/,
    ]);
    assert.ok(!JSON.stringify(diagnostics).includes(labKey.slice(0, 23)));
    const unknown = { ...clients, setupKey: "NKMSN-WSNHN-R2N2P-NBXTN-N7W4K" };
    expectDiagnostics(diagnosticsOf([{ ...host, name: "kms01" }], [unknown]), [
      "error",
      "KMS2011",
      "web",
      /not a KMS client setup key of Windows Server 2008 R2 Standard/,
    ]);
  });

  it("K10: at update the key is over its limit, and accidental hosts become clients again", () => {
    const service = activationService();
    ["a", "b", "c", "d", "e", "f"].forEach((machine) => service.activate("AAAAA", machine));
    assert.throws(() => service.activate("AAAAA", "g"), { hresult: "0xC004C008" });
    assert.equal(service.usage("AAAAA").length, 6);
    expectExplained(
      "0xC004C008",
      "host",
      /no activation left/,
      /Ask for more activations .* or use another key/,
    );
    const lab = testLab();
    const id = bootHost(lab, "kms01");
    const { partialProductKey } = lab.fleet.snapshot(id);
    lab.fleet.runLicensingPlan(id, retireHostPlan(setupKeys.server2022Datacenter, [partialProductKey]), {});
    assert.equal(lab.fleet.snapshot(id).productKeyChannel, "Volume:GVLK");
  });
});

describe("K17: secrets in the state file", () => {
  it("K17: at preview no diagnostic shows the key", () => {
    const diagnostics = diagnosticsOf(
      [{ ...host2022, key: { ...host2022.key, productKey: labKey } }],
      [{ name: "web", hosts: ["kms"], os: "Windows Server 2022", edition: "Standard", machines: members(6) }],
    );
    expectDiagnostics(diagnostics);
  });

  it("K17: at update a changed key is told by its fingerprint, which holds nothing of it", () => {
    const fingerprint = keyFingerprint(labKey);
    assert.equal(keyFingerprint(` ${labKey.toLowerCase()}`), fingerprint);
    assert.notEqual(keyFingerprint("NKMSN-WSNHN-R2N2P-NBXTN-N7W4K"), fingerprint);
    for (const part of labKey.split("-")) {
      assert.ok(!fingerprint.toUpperCase().includes(part));
    }
  });

  it("K17: at update the answer of a machine shows the last five characters at most", () => {
    const lab = testLab();
    const id = boot(lab, "kms", server2022);
    const { partialProductKey } = lab.fleet.snapshot(id);
    assert.equal(partialProductKey, setupKeys.server2022Datacenter.slice(-5));
  });
});
