import assert from "node:assert/strict";
import path from "node:path";
import { LabRunError } from "./lab-run-error";
import { labProductKey } from "../../provider/lab/windows/product-keys";
import { configValues, findExample, parseLabExample } from "./lab-example";

const file = "examples/x/lab.json";

function refusal(text: string): string {
  try {
    parseLabExample(text, file);
  } catch (error) {
    assert.ok(error instanceof LabRunError);
    assert.equal(error.code, "KMS7011");
    return error.message;
  }
  return assert.fail(`accepted ${text}`);
}

describe("parseLabExample", () => {
  it("reads configuration and secrets", () => {
    const content = {
      config: { location: "westeurope" },
      secrets: { adminPassword: { generate: "password" }, kmsHostKey: { labKey: "Windows Server 2022" } },
    };
    assert.deepEqual(parseLabExample(JSON.stringify(content), file), content);
  });

  it("needs nothing: an example may have no lab.json", () => {
    assert.deepEqual(parseLabExample(undefined, file), { config: {}, secrets: {} });
    assert.deepEqual(parseLabExample("{}", file), { config: {}, secrets: {} });
  });

  const machines = { config: "hosts", names: ["kms1"], os: "Windows Server 2022", edition: "Standard" };

  it("reads machines outside Azure and their zone", () => {
    const onPremises = { zone: "corp.example", machines: [{ ...machines, domain: "corp.example" }] };
    assert.deepEqual(parseLabExample(JSON.stringify({ onPremises }), file).onPremises, onPremises);
  });

  it("fails when such a machine has no good name, or the zone has one label", () => {
    const text = (zone: string, names: string[]) =>
      JSON.stringify({ onPremises: { zone, machines: [{ ...machines, names }] } });
    assert.match(refusal(text("corp.example", ["kms.1"])), /\/onPremises\/machines\/0\/names\/0 must match/);
    assert.match(refusal(text("corp.example", [])), /\/onPremises\/machines\/0\/names must NOT have fewer/);
    assert.match(refusal(text("corp", ["kms1"])), /\/onPremises\/zone must match/);
  });

  it("reads what is installed of Office on such machines", () => {
    const office = {
      licensePacks: ["LTSC 2024"],
      office: { version: "LTSC 2024", edition: "Office LTSC Standard 2024" },
    };
    const onPremises = { zone: "corp.example", machines: [{ ...machines, ...office }] };
    assert.deepEqual(parseLabExample(JSON.stringify({ onPremises }), file).onPremises, onPremises);
    const wrong = { zone: "corp.example", machines: [{ ...machines, office: { version: "LTSC 2024" } }] };
    assert.match(
      refusal(JSON.stringify({ onPremises: wrong })),
      /\/onPremises\/machines\/0\/office must have required property 'edition'/,
    );
  });

  it("reads a step that telephones, and fails for one that does nothing", () => {
    const steps = [{ name: "confirm", telephone: "installationIds" }];
    assert.deepEqual(parseLabExample(JSON.stringify({ steps }), file).steps, steps);
    assert.match(refusal('{"steps": [{"name": "nothing"}]}'), /\/steps\/0 must have required property/);
  });

  it("reads what is done with an example beyond its updates", () => {
    const content = {
      sharedLedger: true,
      policyPack: { config: "policy-config.json" },
      rebuild: 3,
      steps: [{ name: "move", config: { phase: "2" }, servedBy: "kms.corp.example" }],
    };
    assert.deepEqual(parseLabExample(JSON.stringify(content), file), { ...content, config: {}, secrets: {} });
  });

  it("fails when that is out of range or has no name", () => {
    assert.match(refusal('{"rebuild": 0}'), /\/rebuild must be >= 1/);
    assert.match(refusal('{"rebuild": 11}'), /\/rebuild must be <= 10/);
    assert.match(refusal('{"steps": []}'), /\/steps must NOT have fewer/);
    assert.match(
      refusal('{"steps": [{"config": {"a": "1"}}]}'),
      /\/steps\/0 must have required property 'name'/,
    );
    assert.match(refusal('{"policyPack": {"config": "../x.json"}}'), /\/policyPack\/config must match/);
    assert.match(refusal('{"sharedLedger": "yes"}'), /\/sharedLedger must be boolean/);
  });

  it("fails when a secret is given as a value", () => {
    assert.match(refusal('{"secrets": {"adminPassword": "x"}}'), /\/secrets\/adminPassword must be object/);
  });

  it("fails when a secret has two sources or an unknown one", () => {
    assert.match(refusal('{"secrets": {"a": {"generate": "password", "labKey": "k"}}}'), /\/secrets\/a /);
    assert.match(
      refusal('{"secrets": {"a": {"generate": "token"}}}'),
      /\/secrets\/a\/generate must be equal/,
    );
  });

  it("fails when a property is unknown", () => {
    assert.match(
      refusal('{"secret": {}}'),
      /examples\/x\/lab\.json is not valid: \/ must NOT have additional/,
    );
  });

  it("fails when a configuration value is no string", () => {
    assert.match(refusal('{"config": {"count": 5}}'), /\/config\/count must be string/);
  });

  it("fails when it is no JSON, and keeps the cause", () => {
    assert.throws(
      () => parseLabExample("{", file),
      (error) => error instanceof LabRunError && error.cause instanceof SyntaxError,
    );
  });
});

const keyGroup = "Volume License for Windows Server 2022";

describe("configValues", () => {
  it("makes the secrets that lab.json asks for", () => {
    const { plain, secret } = configValues({
      config: { location: "westeurope" },
      secrets: { key: { labKey: keyGroup }, password: { generate: "password" } },
    });
    assert.deepEqual(plain, { location: "westeurope" });
    assert.deepEqual(Object.keys(secret), ["key", "password"]);
    assert.equal(secret.key, labProductKey(keyGroup));
    assert.equal(secret.password.length, 24);
  });

  it("adds what the lab found out, unless lab.json has a value of its own", () => {
    const found = {
      plain: { zone: "corp.example", dnsServer: "127.0.0.1:5300" },
      secret: { sshPrivateKey: "key" },
    };
    assert.deepEqual(configValues({ config: { zone: "other.example" }, secrets: {} }, found), {
      plain: { zone: "other.example", dnsServer: "127.0.0.1:5300" },
      secret: { sshPrivateKey: "key" },
    });
  });
});

describe("findExample", () => {
  const repository = path.resolve(__dirname, "../..");

  it("finds examples and the programs that only tests run", () => {
    assert.equal(findExample(repository, "minimal"), path.join("examples", "minimal"));
    assert.equal(findExample(repository, "max"), path.join("test", "fixtures", "max"));
  });

  it("lists the programs that exist for an unknown name", () => {
    assert.throws(
      () => findExample(repository, "minimum"),
      (error) =>
        error instanceof LabRunError &&
        error.code === "KMS7010" &&
        /fleet, lab-environment, .*, max/.test(error.message),
    );
  });
});
