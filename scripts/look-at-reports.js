/**
 * Writes the reports of test/support/report-contents.ts to a folder, opens every page in headless Chromium, has axe look at it
 * (contrast, too), and takes pictures of it: wide, on a phone, and in print. For whoever changes how reports look; no test needs it.
 *
 *   npm run build && node scripts/look-at-reports.js [folder] [chromium]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Node runs TypeScript as it stands, and looks for what is imported under the name that the compiler will give it.
registerHooks({
  resolve: (specifier, context, next) =>
    next(context.parentURL?.endsWith('.ts') ? specifier.replace(/\.js$/, '.ts') : specifier, context),
});
const { reportContent } = await import('../test/support/report-contents.ts');

const folder = resolve(process.argv[2] ?? 'reports-to-look-at');
const chromium = process.argv[3] ?? 'chromium';
const { writeReport } = await import('../dist/reports/documents/write-report.js');
const { REPORTS } = await import('../dist/reports/content/content.js');
const { LANGUAGES } = await import('../dist/reports/documents/words/languages.js');

const browse = (page, ...options) =>
  execFileSync(
    chromium,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      ...options,
      pathToFileURL(page).href,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28, timeout: 60_000 },
  );

/** What axe finds in the browser. The page forbids scripts, so a copy without its policy is asked. */
function faultsOf(html, name) {
  const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  const ask = `${axe};axe.run().then(({violations})=>{document.title=JSON.stringify(violations.map(({id,nodes})=>id+' '+nodes[0].html))})`;
  const page = join(folder, `${name}.axe.html`);
  writeFileSync(
    page,
    html.replace(/<meta http-equiv[^>]*>/, '').replace('</body>', () => `<script>${ask}</script></body>`),
  );
  const dom = browse(page, '--dump-dom', '--virtual-time-budget=20000');
  return /<title>([^<]*)<\/title>/.exec(dom)?.[1] ?? 'no answer';
}

mkdirSync(folder, { recursive: true });
for (const report of REPORTS) {
  for (const language of LANGUAGES) {
    for (const format of ['html', 'pdf', 'csv', 'xlsx']) {
      const { bytes, fileName } = await writeReport(reportContent(report), { format, language });
      const file = join(folder, fileName);
      writeFileSync(file, bytes);
      if (format !== 'html') continue;
      const faults = faultsOf(Buffer.from(bytes).toString('utf8'), fileName);
      if (faults !== '[]') process.exitCode = 1;
      console.log(`${fileName}: ${faults === '[]' ? 'axe finds nothing' : faults}`);
      browse(file, '--window-size=1100,3600', `--screenshot=${file}.wide.png`);
      browse(file, '--window-size=500,3600', `--screenshot=${file}.phone.png`);
      browse(file, `--print-to-pdf=${file}.print.pdf`);
    }
  }
}
