// What serves a clause: the rule in code, the page, and the test that shows it. A clause that is done needs a rule and a test. A clause that is not
// done names the issue that builds what is missing; a partial clause also says what is missing.

/** A file, with `#symbol` where one name in the file is meant. */
type Rule = string;
/** File and title, as both stand in the tree. */
export type NamedTest = readonly [file: string, title: string];
/** The issue of the project that builds the rest. */
type Issue = 13 | 14 | 15 | 16 | 17 | 18;

interface Served {
  readonly rules: readonly [Rule, ...Rule[]];
  /** Paths of the console's routes; public pages are among them. Empty where people see nothing of the clause. */
  readonly screens: readonly string[];
  readonly tests: readonly [NamedTest, ...NamedTest[]];
}

export type Standing = { readonly demand: string } & (
  | ({ readonly state: 'done' } & Served)
  | ({ readonly state: 'partly'; readonly issue: Issue; readonly missing: string } & Served)
  | { readonly state: 'not yet'; readonly issue: Issue }
);
