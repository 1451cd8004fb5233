import { routeRules } from '../http/route-rules.js';
import type { Role } from './roles.js';

/** Whoever has one of these roles may call the route. A route with neither this nor `@Public` stops the boot. */
export const Allow = (...roles: [Role, ...Role[]]): MethodDecorator =>
  routeRules({ policy: { access: 'roles', roles } });
