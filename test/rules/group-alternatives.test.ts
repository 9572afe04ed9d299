import assert from "node:assert/strict";
import { brief, messageOf, ofGroup, withCode } from "./program";

describe("other ways of activation", () => {
  it("R021: AVMA is a hint for servers on Hyper-V", () => {
    const diagnostics = ofGroup({ hypervisor: "Hyper-V on Windows Server Datacenter" });
    assert.deepEqual(brief(diagnostics), ["web info KMS2228 hypervisor"]);
    assert.match(messageOf(diagnostics, "KMS2228"), /\(AVMA\); its keys are no client setup keys/);
    assert.deepEqual(ofGroup({ hypervisor: "VMware" }), []);
    const clients = { os: "Windows 10", edition: "Enterprise", count: 30 };
    assert.deepEqual(ofGroup({ ...clients, hypervisor: "Hyper-V" }), []);
  });

  it("Azure's own KMS activates servers on Azure", () => {
    assert.deepEqual(brief(ofGroup({ azure: true })), ["web info KMS2226 os"]);
  });

  it("Windows clients on Azure are activated through Microsoft Entra ID", () => {
    const diagnostics = ofGroup({ azure: true, os: "Windows 11", edition: "Enterprise", count: 30 });
    assert.deepEqual(brief(diagnostics), ["web info KMS2227 os"]);
    assert.match(messageOf(diagnostics, "KMS2227"), /Product Terms foresee KMS there for Azure Government/);
  });

  it("Azure Edition is activated by Azure", () => {
    assert.deepEqual(brief(ofGroup({ edition: "Datacenter: Azure Edition" })), ["web info KMS2225 edition"]);
  });

  it("Windows Server 2008 ignores priority and weight of SRV records", () => {
    const old = { os: "Windows Server 2008", edition: "Standard" };
    assert.deepEqual(brief(ofGroup(old)), ["web info KMS2229 os"]);
    assert.deepEqual(withCode(ofGroup({ ...old, discovery: "host" }), "KMS2229"), []);
  });
});
