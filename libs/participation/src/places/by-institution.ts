// A message may contain records of several institutions. They are processed in the order of their codes, so that two messages never wait
// for each other's guard or sequence row.

/** The records of each institution; institutions in the order of their codes. */
export const byInstitution = <T extends { readonly institution: string }>(records: readonly T[]): [string, T[]][] => {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const group = groups.get(record.institution);
    if (group) group.push(record);
    else groups.set(record.institution, [record]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};
