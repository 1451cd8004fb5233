import { serviceOver } from './work/service-over.ts';
const folder = process.argv[2]!;
const { service } = await serviceOver(folder, 1_000_000);
console.log('filled', await service.caughtUp(), 'peak', service.peakMemory());
console.log('KEY', service.caseworkerKey);
await new Promise(r=>setTimeout(r,100000)); await service.stop();
process.exit(0);
