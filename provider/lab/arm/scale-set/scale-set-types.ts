/** Resource types around virtual machine scale sets. */
export const scaleSetType = "Microsoft.Compute/virtualMachineScaleSets";
export const scaleSetExtensionType = `${scaleSetType}/extensions`;
/** Instances of a scale set with orchestration mode Uniform; those of Flexible sets are virtual machines. */
export const uniformInstanceType = `${scaleSetType}/virtualMachines`;
export const uniformInterfaceType = `${uniformInstanceType}/networkInterfaces`;
export const machineType = "Microsoft.Compute/virtualMachines";
