import { Gauge, type Registry } from 'prom-client';

/** A number that is asked for when somebody collects it: without one where there is none, or where it cannot be had. */
export function askedGauge(
  registry: Registry,
  name: string,
  help: string,
  ask: () => Promise<number | null>,
): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [],
    async collect() {
      const now = await ask().catch(() => null);
      if (now === null) this.remove();
      else this.set(now);
    },
  });
  registry.registerMetric(gauge);
}
