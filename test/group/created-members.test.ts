import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { MemberStatus } from "../../provider/catalog/constants";
import { keptMembersDiagnostics, replacedMembersDiagnostics } from "../../provider/group/created-members";
import type { CreatedMembers, MemberState } from "../../provider/group/state";

const unknown = pulumi.runtime.unknownValue;

describe("machines that a client group creates, when what they were created from changes", () => {
  const created = (changes: Partial<CreatedMembers> = {}, zones = "z1"): CreatedMembers => ({
    path: "machines.create",
    adminPassword: "p1",
    virtualNetwork: "v1",
    choices: { os: "Windows Server 2022", edition: "Datacenter" },
    resources: ["web-1-vm", "web-2-vm", "web-3-vm"].map((name) => ({
      name,
      fixed: { replaces: { "osProfile.adminUsername": "u1" }, refused: { zones } },
    })),
    ...changes,
  });
  const renamed = (names: readonly string[], user = "u2") =>
    created({
      resources: created().resources.map(({ name, fixed }) => ({
        name,
        fixed: names.includes(name) ? { ...fixed, replaces: { "osProfile.adminUsername": user } } : fixed,
      })),
    });
  const members: MemberState[] = [
    { name: "WEB-1", status: MemberStatus.Licensed },
    { name: "WEB-2", status: MemberStatus.Pending },
    { name: "WEB-3", status: MemberStatus.Licensed },
    { name: "other", status: MemberStatus.Licensed },
  ];
  const replaced = (news: CreatedMembers | undefined, olds: CreatedMembers | undefined = created()) =>
    replacedMembersDiagnostics("web", { created: olds, members }, news).map(({ severity, message }) => [
      severity,
      message,
    ]);

  it("K35: names the members that a change replaces, the activations that end, and the machines to protect", () => {
    const [[severity, message]] = replaced(renamed(["web-1-vm", "web-2-vm"]));
    assert.equal(severity, "warning");
    assert.match(
      message,
      /^KMS4034 machines\.create\.adminUsername: a changed machines\.create\.adminUsername replaces 2 machines of web: WEB-1 and WEB-2; 1 of them is activated, and that ends with the machines\. .*spends nothing of a key.*for up to 30 more days.*protect: true on web-1-vm and web-2-vm\.$/,
    );
  });

  it("K35: names another operating system, which replaces all, and no machine of another source", () => {
    const [[, message]] = replaced(
      created({ choices: { os: "Windows Server 2025", edition: "Datacenter" } }),
    );
    assert.match(
      message,
      /^KMS4034 os: a changed os replaces 3 machines of web: WEB-1, WEB-2 and WEB-3; 2 of them/,
    );
  });

  it("says of a member that is not activated that it is replaced, and nothing of an activation", () => {
    const [[, message]] = replaced(renamed(["web-2-vm"]));
    assert.match(message, / replaces 1 machine of web: WEB-2\. If that is what you want/);
  });

  it("K35: names the instances of a scale set, which go with it", () => {
    const set = (user: string): CreatedMembers => ({
      ...created(),
      path: "machines.scaleSet",
      choices: {},
      resources: [
        {
          name: "web-scale-set",
          fixed: { replaces: { "virtualMachineProfile.osProfile.adminUsername": user } },
        },
      ],
    });
    const [[, message]] = replaced(set("u2"), set("u1"));
    assert.match(
      message,
      /machines\.scaleSet\.adminUsername replaces 4 machines of web: .*true on web-scale-set\.$/,
    );
  });

  it("says nothing of what is not known, was not kept, is new, or is created in another way", () => {
    assert.deepEqual(replaced(renamed(["web-1-vm"], unknown)), []);
    assert.deepEqual(replaced(created({ choices: { os: unknown } })), []);
    assert.deepEqual(replacedMembersDiagnostics("web", { members }, created()), []);
    assert.deepEqual(replaced(undefined), []);
    assert.deepEqual(replaced(created({ path: "machines.scaleSet" })), []);
    const more = created();
    more.resources.push({ name: "web-4-vm", fixed: { replaces: { "osProfile.adminUsername": "u2" } } });
    assert.deepEqual(replaced(more), []);
    assert.deepEqual(replaced(created()), []);
  });

  const kept = (news: CreatedMembers, olds: CreatedMembers | undefined = created()) =>
    keptMembersDiagnostics("web", olds, news).map(({ severity, message }) => `${severity} ${message}`);

  it("K35: is an error where Azure refuses it, said once of all machines", () => {
    const [only, ...others] = kept(created({}, "z2"));
    assert.deepEqual(others, []);
    assert.match(only, /^error KMS6036 machines\.create: zones of web-1-vm, web-2-vm and web-3-vm changed/);
    assert.match(only, /Only a new machine takes another value\.$/);
  });

  it("K35: says once that a password and an image are for new machines alone", () => {
    const [only, ...others] = kept(created({ adminPassword: "p2", image: "i" }), created({ image: "j" }));
    assert.deepEqual(others, []);
    assert.match(
      only,
      /KMS6035 .*adminPassword and machines\.create\.image is applied .*the machines of web exist\./,
    );
  });

  it("K35: names another virtual network once, and nothing of machines that are replaced", () => {
    assert.match(
      kept(created({ virtualNetwork: "v2" })).join(),
      /^error KMS6036 machines\.create\.subnetId: [^,]*web-1-nic/,
    );
    const choices = { os: "Windows Server 2025", edition: "Datacenter" };
    assert.deepEqual(kept(created({ choices, virtualNetwork: "v2", adminPassword: "p2" }, "z2")), []);
    assert.deepEqual(keptMembersDiagnostics("web", undefined, created({}, "z2")), []);
  });
});
