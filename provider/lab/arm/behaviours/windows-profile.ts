import { ArmError } from "../arm-error";
import { objectAt, textOf, type JsonObject } from "../json";
import refusals from "./windows-profile.json";

/** @throws ArmError 400 for a computer name, administrator name or password that Azure refuses on Windows */
export function checkWindowsProfile(name: string, properties: JsonObject): void {
  const profile = objectAt(properties, "osProfile");
  if (Object.keys(profile).length === 0) {
    throw invalid("osProfile", "Required parameter 'osProfile' is missing (null).");
  }
  checkComputerName(textOf(profile.computerName) ?? name);
  checkAdminUsername(textOf(profile.adminUsername) ?? "");
  checkPassword(textOf(profile.adminPassword) ?? "");
}

const invalid = (target: string, message: string) => new ArmError(400, "InvalidParameter", message, target);

function checkComputerName(computerName: string): void {
  if (!/^[^\s`~!@#$%^&*()=+_[\]{}\\|;:.'",<>/?]{1,15}$/.test(computerName) || /^\d+$/.test(computerName)) {
    throw invalid(
      "computerName",
      "Windows computer name cannot be more than 15 characters long, be entirely numeric, or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.",
    );
  }
}

function checkAdminUsername(username: string): void {
  if (username === "" || username.length > 20 || username.endsWith(".")) {
    throw invalid(
      "adminUsername",
      "The Admin Username must have 1 to 20 characters and must not end in a period.",
    );
  }
  if (refusals.adminUsernames.includes(username.toLowerCase())) {
    throw invalid("adminUsername", "The Admin Username specified is not allowed.");
  }
}

/** The password itself is in no message. */
function checkPassword(password: string): void {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 123 || classes < 3) {
    throw invalid(
      "adminPassword",
      "The supplied password must be between 8-123 characters long and must satisfy at least 3 of password complexity requirements from the following: 1) Contains an uppercase character 2) Contains a lowercase character 3) Contains a numeric digit 4) Contains a special character 5) Control characters are not allowed",
    );
  }
  if (refusals.adminPasswords.includes(password.toLowerCase())) {
    throw invalid("adminPassword", "The specified password is not allowed.");
  }
}
