/** Everything a page looks like: black on white, no picture, no font from elsewhere; on a phone tables and plots move sideways. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 66rem; padding: 1rem 1.25rem 3rem; background: #fff; color: #111;
  font: 1rem/1.45 system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0 0; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.6rem; border-bottom: 2px solid #111; }
h3 { font-size: 1rem; margin: 1.1rem 0 0; }
p { margin: 0.3rem 0; }
a { color: #003a70; }
.warning { border: 3px solid #111; padding: 0.5rem 0.8rem; font-weight: bold; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0.25rem 1rem; margin: 0.8rem 0; }
dt { font-weight: bold; }
dd { margin: 0; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 3px solid #003a70; }
table { border-collapse: collapse; min-width: min(100%, 30rem); }
table.form { width: 100%; }
caption { text-align: left; padding: 0.2rem 0; color: #333; }
/* The heading above says the same; whoever has tables listed hears it. */
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.form th[scope=row] { width: 36%; }
th, td { border: 1px solid #767676; padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; font-weight: normal;
  min-width: 5.5rem; overflow-wrap: break-word; }
thead th { font-weight: bold; background: #eee; }
tbody th { font-weight: 600; }
tbody th { min-width: 9rem; hyphens: auto; }
bdi { overflow-wrap: anywhere; }
td.long { min-width: 12rem; overflow-wrap: anywhere; }
th.number { text-align: right; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.ref { display: block; font-size: 0.8rem; font-weight: normal; }
.withheld { font-style: italic; border: 1px dashed #111; padding: 0 0.25rem; }
.absent { font-style: italic; color: #555; }
.empty { display: block; min-height: 2.6rem; border-bottom: 1px dotted #555; }
figure { margin: 0; }
figure svg { display: block; width: 100%; min-width: 40rem; height: auto; }
figcaption { font-size: 0.9rem; color: #333; }
details { margin: 0.6rem 0; }
summary { cursor: pointer; }
ul { padding-left: 1.2rem; margin: 0.4rem 0; }
@media (max-width: 40rem) {
  body { padding: 0.6rem 0.7rem 2rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
}
@page { margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .scroll { overflow: visible; }
  details { display: none; }
  figure svg { min-width: 0; }
  thead { display: table-header-group; }
  tr, figure, h2, h3 { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  table { font-size: 8pt; width: 100%; min-width: 0; }
  th, td, tbody th, td.long { min-width: 0; padding: 0.15rem 0.25rem; }
  .ref { font-size: 6.5pt; overflow-wrap: anywhere; }
  table.wide { font-size: 6.5pt; }
  table.wide th, table.wide td { overflow-wrap: anywhere; padding: 0.1rem; }
  a { color: inherit; }
}
`;
