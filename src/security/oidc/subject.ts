/** What may stand in `sub`: 255 characters, as OpenID Connect has it, and none that a database would not take. */
export const SUBJECT = /^[^\p{Cc}\p{Cs}]{1,255}$/u;
