import assert from "node:assert/strict";
import type { SshClientsValues } from "../../provider/rules/args.generated";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup, reviewHost } from "../../provider/rules/rules";
import {
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  type HostChanges,
  labKey,
  ofGroup,
  ofHost,
} from "./program";

const own = ["KMS1002", "KMS1004", "KMS1005", "KMS1007", "KMS1009", "KMS1013", "KMS1014"];
const short = (diagnostics: { code: string; path: string }[]) =>
  diagnostics.filter(({ code }) => own.includes(code)).map(({ code, path }) => `${code} ${path}`);
const reviewedHost = (changes: HostChanges) =>
  reviewHost(host({ key: { productKey: labKey }, ...changes }), programIndex());
const reviewedGroup = (changes: GroupChanges) => reviewGroup(group(changes), programIndex());

const azureVmId = "/vms/other-work";
const ssh = { host: "kms1", user: "admin", hostKeyFingerprint: "SHA256:a" };

describe("the machine of a KMS host", () => {
  const codes = (changes: HostChanges) => short(reviewedHost(changes));

  it("R007, R009: is created, or one that exists and may have other work", () => {
    assert.deepEqual(codes({ machine: { create: {} } }), []);
    assert.deepEqual(codes({ machine: { azureVmId } }), []);
    assert.deepEqual(codes({ machine: { ssh } }), []);
    assert.deepEqual(codes({ machine: {}, unknown: ["machine.azureVmId"] }), []);
    assert.deepEqual(codes({ unknown: ["machine"] }), []);
  });

  it("is specified once", () => {
    const [none] = reviewedHost({ machine: {}, zones: [] });
    assert.equal(none.message, "KMS1004 machine: no machine is specified. Specify create, azureVmId or ssh.");
    assert.deepEqual(codes({ machine: { create: {}, azureVmId } }), ["KMS1005 machine.azureVmId"]);
    assert.deepEqual(codes({ machine: { create: {} }, unknown: ["machine.azureVmId"] }), [
      "KMS1005 machine.azureVmId",
    ]);
    assert.deepEqual(codes({ machine: { azureVmId, ssh } }), ["KMS1005 machine.ssh"]);
  });

  it("may have another name for clients beside it", () => {
    assert.deepEqual(codes({ machine: { azureVmId, fqdn: "kms.corp.example" } }), []);
  });

  it("may be a name alone where somebody else manages the host", () => {
    const machine = { fqdn: "kms.corp.example" };
    assert.deepEqual(codes({ machine, readOnly: true }), []);
    assert.deepEqual(codes({ machine: {}, readOnly: true, unknown: ["machine.fqdn"] }), []);
    assert.deepEqual(codes({ machine }), ["KMS1013 machine.fqdn"]);
    const [none] = reviewedHost({ machine: {}, readOnly: true, zones: [] });
    assert.match(none.message, /Specify azureVmId, ssh or fqdn\./);
  });

  it("is not created where somebody else manages the host", () => {
    assert.deepEqual(codes({ machine: { create: {} }, readOnly: true }), ["KMS1009 machine.create"]);
  });
});

describe("the machines of a client group", () => {
  const codes = (changes: GroupChanges) => short(reviewedGroup(changes));

  it("come from one source or from several", () => {
    assert.deepEqual(codes({ machines: { create: { count: 3 } } }), []);
    assert.deepEqual(codes({ machines: { create: { count: 3 }, azureVmIds: [azureVmId] } }), []);
    assert.deepEqual(codes({ unknown: ["machines"], machines: undefined }), []);
    const [none] = reviewedGroup({ machines: {} });
    assert.equal(
      none.message,
      "KMS1004 machines: no machine is specified. Specify create, azureVmIds, ssh, scaleSet or scaleSetId.",
    );
  });

  it("are those of a scale set alone", () => {
    assert.deepEqual(codes({ machines: { scaleSet: { capacity: 3 } } }), []);
    assert.deepEqual(codes({ machines: { scaleSet: { capacity: 3 }, azureVmIds: [azureVmId] } }), [
      "KMS1007 machines.scaleSet",
    ]);
    assert.deepEqual(codes({ machines: { scaleSet: {}, scaleSetId: "/sets/a" } }), [
      "KMS1007 machines.scaleSet",
    ]);
    const [diagnostic] = reviewedGroup({
      machines: { scaleSetId: "/sets/a", create: { count: 1 }, ssh: {} },
    });
    assert.match(
      diagnostic.message,
      /KMS1007 machines\.scaleSetId: .* combined with create and ssh in one group/,
    );
  });
});

describe("SSH servers", () => {
  const ofSsh = (common: SshClientsValues, unknown: string[] = []) =>
    short(reviewedGroup({ machines: { ssh: common }, unknown }));

  it("need a user and something to be recognised by", () => {
    assert.deepEqual(short(reviewedHost({ machine: { ssh: { host: "kms1" } } })), [
      "KMS1002 machine.ssh.user",
      "KMS1014 machine.ssh",
    ]);
    const knownHosts = "kms1 ssh-ed25519 AAAA";
    assert.deepEqual(
      short(reviewedHost({ machine: { ssh: { host: "kms1", user: "admin", knownHosts } } })),
      [],
    );
    assert.deepEqual(short(reviewedHost({ machine: { ssh: { ...ssh, jump: { host: "gate" } } } })), [
      "KMS1002 machine.ssh.jump.user",
      "KMS1014 machine.ssh.jump",
    ]);
    const unknown = ["machine.ssh.user", "machine.ssh.hostKeyFingerprint"];
    assert.deepEqual(short(reviewedHost({ machine: { ssh: { host: "kms1" } }, unknown })), []);
  });

  it("of a group have in common what is said once, and may override it", () => {
    const machines = [{ host: "a" }, { host: "b", user: "other" }];
    assert.deepEqual(ofSsh({ user: "admin", knownHosts: "a,b ssh-ed25519 AAAA", machines }), []);
    assert.deepEqual(ofSsh({ machines }, ["machines.ssh.user", "machines.ssh.knownHosts"]), []);
    assert.deepEqual(ofSsh({ knownHosts: "a,b ssh-ed25519 AAAA", machines }), [
      "KMS1002 machines.ssh.machines[0].user",
    ]);
    assert.deepEqual(ofSsh({ user: "admin", knownHosts: "x", jump: { host: "gate", user: "j" }, machines }), [
      "KMS1014 machines.ssh.jump",
    ]);
  });

  it("of a large group are reported once for a fault of all", () => {
    const machines = Array.from({ length: 4000 }, (_, index) => ({ host: `pc${index}`, user: "admin" }));
    const [fault] = reviewedGroup({ machines: { ssh: { machines } } });
    assert.match(fault.message, /^KMS1014 machines\.ssh\.machines\[0\]: .* The same applies to 3999 more\.$/);
  });
});

describe("a machine that is named twice", () => {
  const machines = (...names: string[]) => names.map((name) => `/subscriptions/s/vms/${name}`);
  const web = (name: string, azureVmIds: string[]) => group({ name, machines: { azureVmIds } });
  const twice = (...groups: ReturnType<typeof group>[]) =>
    diagnosticsOf([host()], groups).filter(({ code }) => code === "KMS2217");

  it("is an error in the later group, whatever the case of its ID", () => {
    const diagnostics = twice(web("a", machines("m1", "m2")), web("b", machines("m3", "M2")));
    assert.deepEqual(brief(diagnostics), ["b error KMS2217 machines.azureVmIds[1]"]);
    assert.match(diagnostics[0].message, /vms\/M2 is already a member of a\./);
  });

  it("is an error at its second place in one group", () => {
    assert.deepEqual(brief(twice(web("a", machines("m1", "m2", "m1")))), [
      "a error KMS2217 machines.azureVmIds[2]",
    ]);
  });

  it("is recognised over SSH by host and port, the common port too", () => {
    const first = group({ machines: { ssh: { machines: [{ host: "pc1" }, { host: "pc2", port: 2222 }] } } });
    const again = group({
      name: "db",
      machines: { ssh: { port: 2222, machines: [{ host: "PC2" }, { host: "pc3" }, { host: "pc3" }] } },
    });
    assert.deepEqual(brief(twice(first, again)), [
      "db error KMS2217 machines.ssh.machines[0].host",
      "db error KMS2217 machines.ssh.machines[2].host",
    ]);
    assert.deepEqual(twice(first), []);
  });
});

describe("a KMS host as a member of a client group", () => {
  const id = "/subscriptions/s/vms/KMS1";
  const azure = host({ machine: { azureVmId: id } });
  const overSsh = host({ machine: { ssh: { host: "kms1.corp.example", port: 2222 } } });
  const web = (changes: Parameters<typeof group>[0]) => group({ name: "web", hosts: ["other"], ...changes });
  const found = (...[one, ...groups]: [ReturnType<typeof host>, ...ReturnType<typeof group>[]]) =>
    diagnosticsOf([one, host({ name: "other" })], groups).filter(({ code }) => code === "KMS2266");

  it("is an error in any group of the program, by its Azure ID in any case", () => {
    const diagnostics = found(
      azure,
      web({ machines: { azureVmIds: ["/subscriptions/s/vms/m", id.toLowerCase()] } }),
    );
    assert.deepEqual(brief(diagnostics), ["web error KMS2266 machines.azureVmIds[1]"]);
    assert.match(diagnostics[0].message, /is the machine of the KMSHost kms, .*not both/);
  });

  it("is an error over SSH, by host and port", () => {
    const machines = { ssh: { port: 2222, machines: [{ host: "KMS1.corp.example" }] } };
    assert.deepEqual(brief(found(overSsh, web({ machines }))), [
      "web error KMS2266 machines.ssh.machines[0].host",
    ]);
    const another = { ssh: { machines: [{ host: "kms1.corp.example" }] } };
    assert.deepEqual(found(overSsh, web({ machines: another })), []);
  });

  it("is an error for a read-only host too, which need not name its key", () => {
    const readOnly = { ...azure, args: { readOnly: true, machine: { azureVmId: id } } };
    assert.equal(found(readOnly, web({ machines: { azureVmIds: [id] } })).length, 1);
  });

  it("is allowed where Windows and Office each have their own", () => {
    const ofOffice = {
      ...azure,
      args: { machine: { azureVmId: id }, officeKeys: [{ office: "LTSC 2024" }] },
    };
    assert.deepEqual(found(ofOffice, web({ machines: { azureVmIds: [id] } })), []);
    const office = { version: "LTSC 2024" };
    assert.deepEqual(found(azure, web({ office, machines: { azureVmIds: [id] } })), []);
  });
});

describe("managed run commands", () => {
  const old = {
    os: "Windows Server 2012 R2",
    edition: "Datacenter",
    key: { keyGroup: "Windows Server 2016" },
  };

  it("do not exist on Windows Server 2012 R2 in Azure", () => {
    const diagnostics = ofHost({ ...old, machine: { azureVmId } });
    assert.deepEqual(brief(diagnostics), ["kms warning KMS2236 os"]);
    assert.match(diagnostics[0].message, /does not offer managed run commands on Windows Server 2012 R2/);
    const clients = { os: old.os, edition: old.edition, machines: { azureVmIds: [azureVmId] } };
    assert.ok(brief(ofGroup(clients)).includes("web warning KMS2236 os"));
  });

  it("do not exist on older systems that Azure has no image of", () => {
    const given = (os: string, edition: string) =>
      brief(ofGroup({ os, edition, machines: { azureVmIds: [azureVmId] } })).filter((one) =>
        one.includes("KMS2236"),
      );
    for (const os of ["Windows Server 2008 R2", "Windows Server 2012"]) {
      assert.deepEqual(given(os, "Standard"), ["web warning KMS2236 os"], os);
    }
    assert.deepEqual(given("Windows 7", "Enterprise"), ["web warning KMS2236 os"]);
    assert.deepEqual(given("Windows 10 LTSC 2019", "Enterprise LTSC"), []);
    assert.deepEqual(given("Windows Server, version 20H2", "Standard"), []);
  });

  it("exist on newer systems, and do not matter outside Azure", () => {
    assert.deepEqual(ofHost({ machine: { azureVmId } }), []);
    assert.deepEqual(ofHost({ ...old, machine: { ssh } }), []);
  });
});
