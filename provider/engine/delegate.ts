import type * as pulumi from "@pulumi/pulumi";

/**
 * The one provider that the engine serialises into the state of each of our dynamic resources.
 * Its text is constant and it captures nothing: every method loads today's handlers by package name, so a state of
 * yesterday runs today's code, no secret can be captured, and an unchanged program has no difference.
 */
export const delegate: pulumi.dynamic.ResourceProvider = {
  check: (olds, news) => require("pulumi-windows-kms/bin/provider/handlers").check(olds, news),
  diff: (id, olds, news) => require("pulumi-windows-kms/bin/provider/handlers").diff(id, olds, news),
  create: (inputs) => require("pulumi-windows-kms/bin/provider/handlers").create(inputs),
  read: (id, props) => require("pulumi-windows-kms/bin/provider/handlers").read(id, props),
  update: (id, olds, news) => require("pulumi-windows-kms/bin/provider/handlers").update(id, olds, news),
  delete: (id, props) => require("pulumi-windows-kms/bin/provider/handlers").remove(id, props),
};
