import { azureRules, isListed, isWithin, listedCharacter, matchesRule } from "../../catalog/azure-rules";
import { type AzureRefusal, hasControlCharacter, refusedUnless } from "./refusal";
import { counted } from "../diagnostic";

/** Why Azure refuses the name of a Windows administrator. */
export function adminUsernameRefusal(name: string): AzureRefusal | undefined {
  const { minimum, maximum } = azureRules.adminUsernameLength;
  const character = listedCharacter("adminUsernameCharacters", name);
  const shown = character === undefined ? "a control character" : `the character ${character}`;
  return (
    refusedUnless(
      isWithin("adminUsernameLength", name),
      "adminUsernameLength",
      `it has ${counted([...name].length, "character")}, and ${minimum} to ${maximum} are allowed`,
    ) ??
    refusedUnless(
      character === undefined && !hasControlCharacter(name),
      "adminUsernameCharacters",
      `it has ${shown}`,
    ) ??
    refusedUnless(matchesRule("adminUsernamePeriod", name), "adminUsernamePeriod", "it ends in a period") ??
    refusedUnless(
      !isListed("adminUsernameReserved", name),
      "adminUsernameReserved",
      "it is one of the names that Azure does not allow",
    )
  );
}

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** Why Azure refuses the password of a Windows administrator. */
export function adminPasswordRefusal(password: string): AzureRefusal | undefined {
  const { minimum, maximum } = azureRules.adminPasswordLength;
  const needed = azureRules.adminPasswordClasses.minimum ?? 0;
  const present = classes.filter((one) => one.test(password)).length;
  return (
    refusedUnless(
      isWithin("adminPasswordLength", password),
      "adminPasswordLength",
      `its length is not ${minimum} to ${maximum} characters`,
    ) ??
    refusedUnless(
      !hasControlCharacter(password),
      "adminPasswordControl",
      "it has a control character, for example a line break",
    ) ??
    refusedUnless(
      present >= needed,
      "adminPasswordClasses",
      `it has characters of ${present} of the four classes, and ${needed} are needed`,
    ) ??
    refusedUnless(
      !isListed("adminPasswordReserved", password),
      "adminPasswordReserved",
      "it is one of the common passwords that Azure does not allow",
    )
  );
}

/** Why Azure refuses the host name of a Windows machine. */
export function computerNameRefusal(name: string): AzureRefusal | undefined {
  const { minimum, maximum } = azureRules.computerNameLength;
  const character = listedCharacter("computerNameCharacters", name);
  return (
    refusedUnless(
      isWithin("computerNameLength", name),
      "computerNameLength",
      `it has ${counted([...name].length, "character")}, and ${minimum} to ${maximum} are allowed`,
    ) ??
    refusedUnless(
      character === undefined && !/\s/.test(name),
      "computerNameCharacters",
      character === undefined ? "it has a space" : `it has the character ${character}`,
    ) ??
    refusedUnless(matchesRule("computerNameDigits", name), "computerNameDigits", "it has digits alone")
  );
}
