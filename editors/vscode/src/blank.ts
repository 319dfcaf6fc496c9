// What a blank report is asked for. Knows nothing of VS Code.

export type Form = "2019" | "2021";

/** The newest first. */
export const FORMS: readonly Form[] = ["2021", "2019"];

/** The year from which on there are such reports. */
const FIRST_YEAR = 2008;
const LONGEST_NAME = 60;

export function agencyProblem(name: string): "empty" | "long" | undefined {
  const { length } = name.trim();
  if (length === 0) return "empty";
  return length > LONGEST_NAME ? "long" : undefined;
}

export function isYear(text: string): boolean {
  return /^\d{4}$/.test(text.trim()) && Number(text) >= FIRST_YEAR;
}

/** The form that is prescribed for the reports of a year. */
export function formOf(year: number): Form {
  return year >= 2021 ? "2021" : "2019";
}
