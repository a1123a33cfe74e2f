// Maps the faults of a refused request to the fields of the form: the field of the path, or the field that contains it.
import { Problem } from '../http';

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The form's own fields with the fault of each. `scope.persons[2]` maps to `persons`, `rectify_by` to `rectifyBy`. */
export const fieldFaults = (problem: Error, fields: readonly string[]): { name: string; errors: string[] }[] => {
  if (!(problem instanceof Problem)) return [];
  const { field } = problem.more;
  const faults = problem.faults.length > 0 ? problem.faults : field === undefined ? [] : [{ field, message: problem.message }];
  const found = new Map<string, string[]>();
  for (const fault of faults) {
    const names = fault.field.split('.').map((part) => camel(part.replace(/\[.*$/, '')));
    const name = names.find((one) => fields.includes(one));
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), fault.message]);
  }
  return [...found].map(([name, errors]) => ({ name, errors }));
};
