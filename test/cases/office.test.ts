import { members } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

describe("K18: one Office key for all Office versions?", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows Server 2019",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2019" },
    officeKeys: [{ office: "LTSC 2021" }],
  };
  const office = (version: string, count: number) => ({
    name: version,
    hosts: ["kms01"],
    office: { version },
    machines: members(count),
  });

  it("K18: at preview each version needs its own pack and host key, and has its own count", () => {
    const groups = [office("Office LTSC 2021", 10), office("Office 2019", 10), office("Office 2016", 4)];
    expectDiagnostics(
      diagnosticsOf([kms01], groups),
      [
        "error",
        "KMS2239",
        "Office 2019",
        /kms01 has no host key of Office 2019; .*download 57342\) .* and add the key to its officeKeys/,
      ],
      [
        "error",
        "KMS2239",
        "Office 2016",
        /kms01 has no host key of Office 2016; .*download 49164\) .* and add the key to its officeKeys/,
      ],
      [
        "warning",
        "KMS2240",
        "Office 2016",
        /count 4 machines with Office 2016, but the threshold is 5: 1 short; each Office version has a count of its own/,
      ],
    );
    expectDiagnostics(diagnosticsOf([kms01], [groups[0]]));
  });

  it("K18: at preview a newer version needs a newer host", () => {
    expectDiagnostics(diagnosticsOf([kms01], [office("Office LTSC 2024", 10)]), [
      "error",
      "KMS2238",
      "Office LTSC 2024",
      /kms01 runs Windows Server 2019, which cannot host a key of Office LTSC 2024/,
      /a host that runs Windows Server 2025, Windows Server 2022/,
    ]);
  });

  it("K18: at update 0xC004F015 from the key installation means a product that is not installed", () => {
    expectExplained("0xC004F015", "host", /product or edition that is not installed/);
  });
});
