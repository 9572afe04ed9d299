import assert from "node:assert/strict";
import { memberRemedy } from "../../provider/group/member-work";

const surroundings = {
  desired: {
    setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
    discovery: "dns" as const,
    hostNames: ["kms.corp.example"],
    lookupDomain: "corp.example",
  },
  os: "Windows Server 2019",
  hosts: [{ name: "kms", os: "Windows Server 2012 R2" }],
};

describe("the remedy for a member", () => {
  it("names the zone that it looked in", () => {
    assert.equal(
      memberRemedy("0x8007232B", surroundings),
      " It looked for _vlmcs._tcp in corp.example; the names of the group's hosts: kms.corp.example.",
    );
  });

  it("names the host that it asked, and the update that the host needs (K02)", () => {
    assert.equal(
      memberRemedy("0xC004F074", surroundings),
      " It asked kms.corp.example. The KMSHost kms on Windows Server 2012 R2 needs KB4467695 or a later update for Windows Server 2019.",
    );
    const pinned = {
      ...surroundings,
      desired: { ...surroundings.desired, host: { name: "10.20.1.4", port: 1700 } },
      hosts: [],
    };
    assert.equal(memberRemedy("0xC004F074", pinned), " It asked 10.20.1.4:1700.");
  });

  it("names the update for a product that the host does not know (R020)", () => {
    assert.match(memberRemedy("0xC004F042", surroundings), /KB4467695/);
    assert.equal(memberRemedy("0xC004F042", { ...surroundings, os: "Windows Server 2012 R2" }), "");
  });

  it("adds nothing to an error that has no such cause", () => {
    assert.equal(memberRemedy("0xC004F06C", surroundings), "");
    assert.equal(memberRemedy("0x12345678", surroundings), "");
  });
});
