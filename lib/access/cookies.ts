import type { Config } from '#lib/env.ts'

type Where = Pick<Config, 'origin'>

export const isSecure = (config: Where) => config.origin.startsWith('https://')

/** `__Host-` binds the cookie to this host, path / and https; plain http exists on loopback only. */
export const sessionCookieName = (config: Where) => (isSecure(config) ? '__Host-callside.session' : 'callside.session')
export const deviceCookieName = (config: Where) => (isSecure(config) ? '__Host-callside.device' : 'callside.device')
export const csrfCookieName = (config: Where) => (isSecure(config) ? '__Host-callside.csrf' : 'callside.csrf')
