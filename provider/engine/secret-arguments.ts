import * as pulumi from "@pulumi/pulumi";
import { withoutTexts } from "../rules/secrets";

/*
 * The texts of a component's arguments that came as secrets, for what the program itself prints and for the component's children;
 * `secret-texts.ts` is their counterpart in handlers, which load no SDK of Pulumi.
 */

const textsOf = new WeakMap<pulumi.Resource, readonly string[]>();

/** Remembers the texts that nothing printed about a component and its children repeats. */
export function rememberSecretTexts(component: pulumi.Resource, texts: Iterable<string>): void {
  textsOf.set(component, [...new Set(texts)].sort());
}

/** A text that is printed about a component, without its secrets. */
export const withoutSecretsOf = (component: pulumi.Resource, text: string): string =>
  withoutTexts(text, textsOf.get(component) ?? []);

/**
 * The properties and options of a child.
 * @param stored outputs that are no inputs, and that may repeat what came as a secret
 */
export function hidingSecrets(
  props: pulumi.Inputs,
  opts: pulumi.CustomResourceOptions,
  stored: readonly string[],
): [pulumi.Inputs, pulumi.CustomResourceOptions] {
  const texts = opts.parent === undefined ? [] : (textsOf.get(opts.parent) ?? []);
  return texts.length === 0
    ? [props, opts]
    : [
        { ...props, secretTexts: pulumi.secret([...texts]) },
        pulumi.mergeOptions(opts, { additionalSecretOutputs: [...stored] }),
      ];
}
