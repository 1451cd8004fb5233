/**
 * The currencies of ISO 4217 with the digits each has after the point. Written down here because the table that comes
 * with the JavaScript engine follows usage, not the standard (no digits for HUF and RSD), does not list BYR, and
 * changes with its release.
 */
const CURRENCIES_BY_DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
    'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
    'MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS ' +
    'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Withdrawn, and still met in the files of the region. */
const WITHDRAWN_BY_DIGITS: Readonly<Record<number, string>> = {
  0: 'BYR',
  2: 'EEK HRK LTL LVL RUR SLL ZWL',
};

const DIGITS: ReadonlyMap<string, number> = new Map(
  [CURRENCIES_BY_DIGITS, WITHDRAWN_BY_DIGITS].flatMap((table) =>
    Object.entries(table).flatMap(([digits, codes]) =>
      codes.split(' ').map((code): [string, number] => [code, Number(digits)]),
    ),
  ),
);

/** Undefined for what is no currency of ISO 4217. Precious metals and test codes are none: nobody is fined in them. */
export const digitsOf = (currency: string): number | undefined => DIGITS.get(currency);
