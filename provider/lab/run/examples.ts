import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { KmsError } from "../../errors/kms-error";
import { type LabExample, parseLabExample } from "./lab-example";

/** Folder of an example; refuses a name that is none. */
export function exampleFolder(repository: string, name: string): string {
  const examples = path.join(repository, "examples");
  const names = readdirSync(examples).filter((entry) =>
    existsSync(path.join(examples, entry, "Pulumi.yaml")),
  );
  if (!names.includes(name)) {
    throw new KmsError("KMS7010", { values: { given: name, allowed: names.join(", ") } });
  }
  return path.join(examples, name);
}

/** The lab's configuration of the example in a folder. */
export function readLabExample(folder: string): LabExample {
  const file = path.join(folder, "lab.json");
  const text = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  return parseLabExample(text, path.join("examples", path.basename(folder), "lab.json"));
}
