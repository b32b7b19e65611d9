export { withContentSecurityPolicy as proxy } from '@kumiko/ui/next/csp';

export const config = {
  // Pages. What is built into files needs no policy.
  matcher: ['/', '/((?!_next/static|healthz|icon.svg).*)'],
};
