import assert from "node:assert/strict";
import path from "node:path";
import { defaultStateFolder } from "../../../provider/lab/service/state-folder";

describe("folder of the lab", () => {
  const home = path.resolve("/home/ada");
  const below = (...parts: string[]) => path.join(home, ...parts, "pulumi-windows-kms", "lab");

  it("is below XDG_STATE_HOME, if that is absolute", () => {
    const absolute = path.resolve("/var/state");
    assert.equal(
      defaultStateFolder({ XDG_STATE_HOME: absolute }, "linux", home),
      path.join(absolute, "pulumi-windows-kms", "lab"),
    );
    for (const XDG_STATE_HOME of [undefined, "", "state"]) {
      assert.equal(defaultStateFolder({ XDG_STATE_HOME }, "linux", home), below(".local", "state"));
    }
  });

  it("is where macOS and Windows have it", () => {
    assert.equal(defaultStateFolder({}, "darwin", home), below("Library", "Application Support"));
    assert.equal(defaultStateFolder({}, "win32", home), below("AppData", "Local"));
    assert.equal(
      defaultStateFolder({ LOCALAPPDATA: "/local" }, "win32", home),
      path.join("/local", "pulumi-windows-kms", "lab"),
    );
  });
});
