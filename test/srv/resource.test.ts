import assert from "node:assert/strict";
import { SrvRecord } from "../../provider/srv/resource";
import { type Declared, recordDeclared, stopMocks } from "../declared-resources";

describe("srv/resource", () => {
  const declared: Declared[] = [];
  before(() => recordDeclared(declared));
  after(stopMocks);

  it("has the token of the package and the same inputs", async () => {
    const inputs = {
      name: "kms",
      zone: { zoneName: "corp.example" },
      computerName: "kms01",
      target: "kms01.corp.example",
      priority: 0,
      weight: 0,
      port: 1688,
      ttlSeconds: 600,
      publishedBy: "package" as const,
      ready: true,
      readOnly: true,
    };
    const record = new SrvRecord("kms-srv", inputs);
    await new Promise<void>((resolve) => record.urn.apply(() => resolve()));
    const [{ type, name, inputs: given }] = declared;
    const { __provider, ...rest } = given;
    assert.deepEqual([type, name], ["pulumi-nodejs:dynamic/windows-kms:SrvRecord", "kms-srv"]);
    assert.deepEqual(rest, { ...inputs, kind: "SrvRecord" });
    assert.match(String(__provider), /pulumi-windows-kms\/bin\/provider\/handlers/);
  });
});
