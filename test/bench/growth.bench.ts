// How the time for all diagnostics grows with the program; it must be linear in every form of program.
import { validate } from "pulumi-windows-kms";
import { report } from "./shared/figure";
import { medianMilliseconds } from "./shared/measure";
import { type Sample, growthExponent, perUnitRatio } from "./shared/statistics";
import { type Shape, syntheticProgram } from "./shared/synthetic-program";

const sizes = [100, 1_000, 10_000];
const largest = Math.max(...sizes);
const membersPerGroup = 10;
const runs = 5;

async function measure(form: Shape["form"]): Promise<void> {
  const samples: Sample[] = [];
  for (const size of sizes) {
    const program = syntheticProgram({ hosts: size / 2, groups: size / 2, membersPerGroup, form });
    const repeats = largest / size;
    const milliseconds = await medianMilliseconds({ runs, repeats }, () => validate(program));
    samples.push({ size, milliseconds });
    report({
      name: `growth/${form}`,
      value: milliseconds,
      unit: "ms",
      resources: size,
      membersPerGroup,
      runs,
    });
  }
  report({
    name: `growth/${form}/exponent`,
    value: growthExponent(samples),
    unit: "exponent, 1 is linear",
    sizes,
  });
  report({
    name: `growth/${form}/per-resource`,
    value: perUnitRatio(samples),
    unit: "time per resource, largest / smallest",
    sizes,
  });
}

async function main(): Promise<void> {
  validate(syntheticProgram({ hosts: 1_000, groups: 1_000, membersPerGroup, form: "spread" }));
  await measure("spread");
  await measure("shared");
}

void main();
