import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isSharedBackend, organization, projectFolder } from "../../provider/component/backend";
import { stopMocks } from "../declared-resources";
import { asProgram, programStore } from "../program-store";

const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };

describe("the organization of the stack", () => {
  afterEach(stopMocks);

  it("is what Pulumi says", async () => {
    await pulumi.runtime.setMocks(mocks, "project", "stack", false, "acme");
    assert.equal(organization(), "acme");
  });

  it("is Pulumi's word for none where mocks name none", async () => {
    await pulumi.runtime.setMocks(mocks, "project", "stack", false);
    assert.equal(organization(), "organization");
  });
});

describe("a backend that others use", () => {
  it("is Pulumi's service, which has organizations", () => {
    assert.equal(isSharedBackend("acme", {}), true);
    assert.equal(isSharedBackend("organization", {}), false);
  });

  it("is recognised by the backend's URL where the environment has one", () => {
    for (const url of ["s3://states", "azblob://states", "gs://states", "https://api.pulumi.com"]) {
      assert.equal(isSharedBackend("organization", { PULUMI_BACKEND_URL: url }), true, url);
    }
    assert.equal(isSharedBackend("acme", { PULUMI_BACKEND_URL: "file:///states" }), false);
  });

  describe("that the environment does not name", () => {
    let folder = "";
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "kms-backend-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));
    const login = (current: string) =>
      writeFileSync(path.join(folder, "credentials.json"), JSON.stringify({ current, accounts: {} }));

    it("is that of the last login: a bucket is shared, `pulumi login --local` is not", () => {
      const cases = [
        ["https://api.pulumi.com", true],
        ["s3://states", true],
        ["azblob://states?storage_account=acme", true],
        ["file://~", false],
        ["file:///srv/states", false],
      ] as const;
      for (const [current, shared] of cases) {
        login(current);
        assert.equal(isSharedBackend("organization", { PULUMI_HOME: folder }), shared, current);
        assert.equal(isSharedBackend("organization", { PULUMI_CREDENTIALS_PATH: folder }), shared, current);
      }
      writeFileSync(path.join(folder, "credentials.json"), "no JSON");
      assert.equal(isSharedBackend("organization", { PULUMI_HOME: folder }), false);
    });

    it("is that of the project, whatever the last login was", () => {
      login("file://~");
      const texts = [
        "name: kms\nbackend:\n  url: s3://states\nruntime: nodejs\n",
        'name: kms\nruntime: nodejs\nbackend:\n  # of the team\n  url: "s3://states"\n',
        "name: kms\nbackend: { url: s3://states }\n",
      ];
      for (const text of texts) {
        writeFileSync(path.join(folder, "Pulumi.yaml"), text);
        assert.equal(isSharedBackend("organization", { PULUMI_HOME: folder }, folder), true, text);
      }
      login("s3://states");
      writeFileSync(path.join(folder, "Pulumi.yaml"), "name: kms\nbackend:\n  url: file://./state\n");
      assert.equal(isSharedBackend("organization", { PULUMI_HOME: folder }, folder), false);
    });

    it("is that of the project in which the program runs, where its host names no folder", () => {
      const program = path.join(folder, "src", "stack");
      mkdirSync(program, { recursive: true });
      writeFileSync(path.join(folder, "Pulumi.yaml"), "name: kms\nbackend:\n  url: s3://states\n");
      assert.equal(projectFolder({}, program), folder);
      assert.equal(projectFolder({}, folder), folder);
      const named = { PULUMI_NODEJS_ROOT_DIRECTORY: "/srv/kms" };
      assert.equal(projectFolder(named, program), "/srv/kms");
      const shared = isSharedBackend("organization", { PULUMI_HOME: folder }, projectFolder({}, program));
      assert.equal(shared, true);
    });

    it("is not that of the folder from which a program of the Automation API is started", () =>
      asProgram(async () => {
        writeFileSync(path.join(folder, "Pulumi.yaml"), "name: kms\nbackend:\n  url: s3://states\n");
        await pulumi.runtime.setMocks(mocks, "project", "stack", false, "organization");
        Object.assign(programStore().settings.options, { engineAddr: "127.0.0.1:1" });
        assert.equal(projectFolder({}, folder), undefined);
        assert.equal(projectFolder({ PULUMI_NODEJS_MONITOR: "127.0.0.1:2" }, folder), folder);
      }));
  });
});
