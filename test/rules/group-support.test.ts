import assert from "node:assert/strict";
import { brief, group, host, messageOf, diagnosticsOf } from "./program";

const on = (today: string, changes: object) => diagnosticsOf([host()], [group(changes)], { today });

describe("support of the clients' operating system", () => {
  it("that has ended is told, from the day after on, since a KMS host still activates it", () => {
    const old = { os: "Windows 7", edition: "Enterprise", count: 30 };
    assert.deepEqual(on("2020-01-14", old), []);
    const diagnostics = on("2020-01-15", old);
    assert.deepEqual(brief(diagnostics), ["web info KMS2201 os"]);
    assert.match(
      messageOf(diagnostics, "KMS2201"),
      /support of Windows 7 ended on 2020-01-14; a KMS host still activates/,
    );
  });

  it("A-18: a retired channel is a warning", () => {
    const diagnostics = on("2026-01-01", { os: "Windows Server, version 1809" });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2202 os"]);
    assert.match(messageOf(diagnostics, "KMS2202"), /Windows Server, version 1809 was retired on 2020-11-10/);
  });
});
