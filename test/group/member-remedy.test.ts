import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { memberRemedy } from "../../provider/group/failures";
import { answer } from "../machine/answer";
import { groupInputs } from "./group-inputs";

const host = { name: "kms", keyGroup: "", os: "Windows Server 2012 R2", office: [], readOnly: false };
const context = {
  desired: {
    setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
    discovery: Discovery.Dns,
    hostNames: ["kms.corp.example"],
    lookupDomain: "corp.example",
  },
  policy: groupInputs("kms.corp.example", { os: "Windows Server 2019", hosts: [host] }),
};

describe("the remedy for a member", () => {
  it("names the zone that it looked in", () => {
    assert.equal(
      memberRemedy("0x8007232B", context),
      " It looked for _vlmcs._tcp in corp.example; the names of the group's hosts: kms.corp.example.",
    );
  });

  it("names the host that it asked, and the update that the host needs (K02)", () => {
    assert.equal(
      memberRemedy("0xC004F074", context),
      " It asked kms.corp.example. The KMSHost kms on Windows Server 2012 R2 needs KB4467695 or a later update for Windows Server 2019.",
    );
    const pinned = {
      desired: { ...context.desired, host: { name: "10.20.1.4", port: 1700 } },
      policy: { ...context.policy, hosts: [] },
    };
    assert.equal(memberRemedy("0xC004F074", pinned), " It asked 10.20.1.4:1700.");
  });

  it("names the update for a product that the host does not know (R020)", () => {
    assert.match(memberRemedy("0xC004F042", context), /KB4467695/);
    assert.equal(
      memberRemedy("0xC004F042", { ...context, policy: { ...context.policy, os: "Windows Server 2012 R2" } }),
      "",
    );
  });

  it("names the update for the system that was found, where none is declared", () => {
    const asFound = { ...context, policy: { ...context.policy, os: "" } };
    const server2019 = answer({ machine: { ...answer().machine, osBuild: "17763.8027" } });
    assert.match(
      memberRemedy("0xC004F042", asFound, server2019),
      / needs KB4467695 .* for Windows Server 2019\.$/,
    );
    assert.equal(memberRemedy("0xC004F042", asFound), "");
  });

  it("adds nothing to an error that has no such cause", () => {
    assert.equal(memberRemedy("0xC004F06C", context), "");
    assert.equal(memberRemedy("0x12345678", context), "");
  });
});
