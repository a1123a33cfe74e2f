// What a typed number is, by its form, and the page that shows it.

/** GB-style numbers of the field: 13 characters name an institution, 22 a certificate. */
const FORMS = [
  { form: /^[YS]\d{21}$/, address: (number: string) => `/verify/${number}` },
  { form: /^[YS]\d{12}$/, address: (code: string) => `/institutions/${code}` },
] as const;

/** The page of what was typed, where it is a number that is known by its form. */
export const addressOf = (text: string): string | undefined => {
  const typed = text.replace(/\s+/g, '').toUpperCase();
  return FORMS.find(({ form }) => form.test(typed))?.address(typed);
};
