import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { explainFailure, memberRemedy } from "../../provider/group/member-failure";
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

describe("the explanation of a failed member", () => {
  const finding = (code: string) => ({ code, message: `${code} says so.` });
  const withFindings = (...codes: string[]) => ({
    ...context,
    policy: { ...context.policy, findings: codes.map(finding) },
  });

  it("says first what the preview reported, in the order of the causes, and nothing that is no cause (K25, K27)", () => {
    const text = explainFailure("0xC004F074", withFindings("KMS2275", "KMS2276", "KMS2115", "KMS2270"));
    assert.match(
      text,
      /^0xC004F074 \w+: no KMS host could be contacted\. KMS2270 says so\. KMS2115 says so\. KMS2275 says so\. It asked kms\.corp\.example\. .*KB4467695.*\. Check that the KMS host is running/,
    );
    assert.doesNotMatch(text, /KMS2276/);
    assert.match(
      explainFailure("0x8007232B", withFindings("KMS2270", "KMS2276")),
      /was asked\. KMS2276 says so\. It looked/,
    );
  });

  it("names the network rule to a member of Azure's own KMS", () => {
    const azure = {
      ...withFindings("KMS2234", "KMS2232"),
      desired: { ...context.desired, host: { name: "azkms.core.windows.net", port: 1688 } },
    };
    assert.match(
      explainFailure("0xC004F074", azure),
      /could not be contacted\. KMS2232 says so\. KMS2234 says so\. It asked azkms/,
    );
  });

  it("leaves the update to the preview where that has judged it", () => {
    const text = explainFailure("0xC004F042", withFindings("KMS2206"));
    assert.match(text, /KMS2206 says so\./);
    assert.doesNotMatch(text, /KB4467695/);
  });

  it("measures whose clock is wrong", () => {
    const now = Date.parse("2027-06-30T12:00:00Z");
    const at = (utc: string) => answer({ machine: { ...answer().machine, utc } });
    const text = (utc: string) => explainFailure("0xC004F06C", context, at(utc), now);
    assert.match(
      text("2027-06-30T07:00:00Z"),
      / Its clock is 5 h behind that of the machine that runs Pulumi\./,
    );
    assert.match(text("2027-06-30T16:30:00Z"), / Its clock is 4\.5 h ahead of that/);
    assert.match(
      text("2027-06-30T11:55:00Z"),
      / Its clock agrees .* the clock of the KMS host is wrong: kms\.corp\.example\./,
    );
    assert.doesNotMatch(explainFailure("0xC004F06C", context, at("2027-06-30T07:00:00Z")), /Its clock/);
    assert.doesNotMatch(explainFailure("0xC004F074", context, at("2027-06-30T07:00:00Z"), now), /Its clock/);
  });

  const logged = (request: string) => answer({ events: { request } });

  it("takes the reason from the machine's own events where Windows only gives the general code", () => {
    const text = explainFailure(
      "0xC004F074",
      withFindings("KMS2276"),
      logged("0x8007232B, 0x00000000, , 36f27b39-2bcc-4ee2-8a36-000000000001, 2027/06/30 12:00, 1, 2, 0"),
    );
    assert.match(
      text,
      /^0xC004F074 \w+: no KMS host could be contacted\. Event 12288 on the machine gives the reason 0x8007232B \w+: there is no SRV record for KMS in the zone that was asked\. KMS2276 says so\. It looked for _vlmcs\._tcp in corp\.example; .* Publish an SRV record in that zone/,
    );
    assert.doesNotMatch(text, /TCP 1688/);
  });

  it("keeps what helps against all causes where the event only says more of the same", () => {
    const text = explainFailure(
      "0xC004F074",
      context,
      logged("0x800706ba, 0x00000000, kms.corp.example:1688, x"),
    );
    assert.match(
      text,
      /gives the reason 0x800706BA [^.]*: the KMS host does not answer on its port\. It asked/,
    );
    assert.match(text, /KB4467695.*Check that the KMS host is running/);
    assert.doesNotMatch(explainFailure("0xC004F074", context, logged("0x00000000, x")), /Event 12288 on the/);
    assert.doesNotMatch(
      explainFailure("0xC004F042", context, logged("0x800706BA, x, kms.corp.example:1688")),
      /Event 12288/,
    );
  });

  it("says once whom the machine asked, with the port, by its own events", () => {
    const text = (request: string) => explainFailure("0xC004F074", context, logged(request));
    assert.match(text("0x800706BA, 0x0, kms.corp.example:1689, x"), /It asked kms\.corp\.example:1689\./);
    const foreign = text("0x800706BA, 0x0, old.corp.example:1688, x");
    assert.match(
      foreign,
      /names old\.corp\.example:1688 .* which is none of the group's \(kms\.corp\.example\)/,
    );
    assert.doesNotMatch(foreign, /It asked/);
  });

  it("names nobody where the machine asks no KMS host, and nothing that is not known", () => {
    const limited = answer({ product: { VLActivationTypeEnabled: 1 } });
    const text = explainFailure("0xC004F074", context, limited);
    assert.match(text, /limited to activation by Active Directory/);
    assert.doesNotMatch(text, /It asked/);
    const unnamed = { ...context, desired: { ...context.desired, hostNames: [] } };
    assert.doesNotMatch(explainFailure("0xC004F074", unnamed), /It asked|not known/);
  });

  it("measures the clock where the event names it", () => {
    const now = Date.parse("2027-06-30T12:00:00Z");
    const behind = {
      ...logged("0xC004F06C, 0x00000000, kms.corp.example:1688, x"),
      machine: { ...answer().machine, utc: "2027-06-30T07:00:00Z" },
    };
    assert.match(
      explainFailure("0xC004F074", context, behind, now),
      /reason 0xC004F06C .* Its clock is 5 h behind .* Correct the clock/,
    );
  });

  it("names the KMS host that the machine asked where it is none of the group's", () => {
    const asking = (host: string) =>
      explainFailure("0xC004F042", context, logged(`0x00000000, 0x00000000, ${host}:1688, x`));
    assert.match(
      asking("old.corp.example"),
      /Event 12288 names old\.corp\.example:1688 as the KMS host that it asked, which is none of the group's \(kms\.corp\.example\)/,
    );
    for (const own of ["kms.corp.example", "KMS.corp.example", "kms"]) {
      assert.doesNotMatch(asking(own), /Event 12288/, own);
    }
  });
});
