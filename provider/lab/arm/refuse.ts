import { azureAnswer, type AzureRefusal } from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "./arm-error";

/**
 * Answers what a rule of Azure refuses; the preview of the product judges by the same rules.
 * @param values what stands in Azure's own words
 * @throws ArmError 400 where there is a refusal
 */
export function refuse(
  refusal: AzureRefusal | undefined,
  target?: string,
  values: Record<string, string> = {},
): void {
  if (refusal !== undefined) {
    const { code, message } = azureAnswer(refusal, values);
    throw new ArmError(400, code, message, target);
  }
}
