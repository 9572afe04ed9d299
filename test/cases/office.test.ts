import { diagnosticsOf } from "../rules/program";
import { expectExplained, expectDiagnostics } from "./expect";

describe("K18: one Office key for all Office versions?", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows Server 2019",
    edition: "Standard",
    keyGroup: "Windows Server 2019",
    office: ["LTSC 2021"],
  };
  const office = (version: string, count: number) => ({
    name: version,
    hosts: ["kms01"],
    office: version,
    count,
  });

  it("K18: at preview each version needs its own pack and host key, and has its own count", () => {
    const groups = [office("Office LTSC 2021", 10), office("Office 2019", 10), office("Office 2016", 4)];
    expectDiagnostics(
      diagnosticsOf([kms01], groups),
      [
        "error",
        "KMS2239",
        "Office 2019",
        /kms01 has no host key of Office 2019; .*download 57342\) and its host key/,
      ],
      [
        "error",
        "KMS2239",
        "Office 2016",
        /kms01 has no host key of Office 2016; .*download 49164\) and its host key/,
      ],
      [
        "warning",
        "KMS2240",
        "Office 2016",
        /count 4 machines with Office 2016, threshold 5: 1 machines short; Office versions do not share a count with Windows/,
      ],
    );
    expectDiagnostics(diagnosticsOf([kms01], [groups[0]]));
  });

  it("K18: at preview a newer version needs a newer host", () => {
    expectDiagnostics(diagnosticsOf([kms01], [office("Office LTSC 2024", 10)]), [
      "error",
      "KMS2238",
      "Office LTSC 2024",
      /kms01 runs Windows Server 2019, which cannot carry a host key of Office LTSC 2024/,
      /one of: Windows Server 2025, Windows Server 2022/,
    ]);
  });

  it("K18: at update 0xC004F015 from the key installation means a product that is not installed", () => {
    expectExplained("0xC004F015", "host", /product or edition that is not installed/);
  });
});
