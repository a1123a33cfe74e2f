// Ids are strings with distinct types, so that one kind of id cannot be used as another.
declare const brand: unique symbol;

export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Pseudonym of a person: HMAC of the normalised ID number, 32 hex characters. */
export type Person = Branded<'Person'>;
/** A day in Asia/Shanghai, YYYY-MM-DD. */
export type Day = Branded<'Day'>;
