// Ids are strings that cannot be mistaken for one another.
declare const brand: unique symbol;

export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** 22 characters, rules §2.1. */
export type CertificateNumber = Branded<'CertificateNumber'>;
/** Positions 1–13 of the certificate number, rules §2.1. */
export type InstitutionCode = Branded<'InstitutionCode'>;
/** Pseudonym of a person: HMAC of the normalised ID number, 32 hex characters. */
export type Person = Branded<'Person'>;
/** A day in Asia/Shanghai, YYYY-MM-DD. */
export type Day = Branded<'Day'>;
