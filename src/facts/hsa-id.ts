/**
 * An HSA-id as Inera's catalogue forms it: SE, the organisation's ten digits, a dash, then letters and digits; at most
 * 31 characters.
 */
export const HSA_ID = /^SE\d{10}-[A-Za-z0-9]{1,18}$/;
