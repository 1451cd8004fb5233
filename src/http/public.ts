import { routeRules } from './route-rules.js';

/** No credential is asked for. Every other route says who may call it with `@Allow`; one with neither stops the boot. */
export const Public = (): MethodDecorator => routeRules({ policy: { access: 'public' } });
