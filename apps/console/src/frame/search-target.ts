// The kind of a typed number, by its form, and the page that shows its record.
import { typedCertificateNumber } from '@hengji/province';

/** Numbers in the official form: 13 characters name an institution, 22 a certificate. */
const FORMS = [
  { form: /^[YS]\d{21}$/, address: (number: string) => `/verify/${number}` },
  { form: /^[YS]\d{12}$/, address: (code: string) => `/institutions/${code}` },
] as const;

/** The page of the typed text, where the text is a number of a known form. */
export const addressOf = (text: string): string | undefined => {
  const typed = typedCertificateNumber(text);
  return FORMS.find(({ form }) => form.test(typed))?.address(typed);
};
