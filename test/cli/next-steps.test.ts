import assert from "node:assert/strict";
import { nextSteps } from "../../provider/cli/next-steps";

describe("what to do when the lab runs", () => {
  it("begins with the environment, read as the shell reads it", () => {
    assert.equal(nextSteps("sh", undefined)[1], '  eval "$(npx pulumi-windows-kms lab env)"');
    assert.equal(nextSteps("fish", undefined)[1], "  npx pulumi-windows-kms lab env | source");
    assert.equal(
      nextSteps("powershell", undefined)[1],
      "  npx pulumi-windows-kms lab env | Out-String | Invoke-Expression",
    );
  });

  it("names the folder if it was given as a flag", () => {
    assert.equal(
      nextSteps("sh", "/tmp/a b")[1],
      "  eval \"$(npx pulumi-windows-kms lab env --dir '/tmp/a b')\"",
    );
  });
});
