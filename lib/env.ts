/** Everything a process of Callside needs to be told. The only file that reads `process.env`. */
export type Config = {
  /** TCP port the one server listens on. */
  port: number
  /** Address it binds; the demo binds loopback only. */
  host: string
  /** The address people type, scheme and port included, e.g. `https://desk.example.org`. Cookies are `Secure` when it is https. */
  origin: string
  /** Owner of the database: migrates, grants, verifies. */
  databaseUrl: string
  /** The app's own role, which owns nothing. */
  appDatabaseUrl: string
  /** Signs next-auth's CSRF token; 32 characters or more. */
  authSecret: string
  /** 32 bytes, base64: encrypts names, numbers and places in the database. */
  dataKey: string
  /** True with the embedded Postgres: demo accounts exist and samples are usable. */
  isDemo: boolean
  /** pino level. */
  logLevel: string
}

/** A start that cannot be: every fault with its mend, one line each. */
export class ConfigFault extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`Callside cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigFault'
    this.faults = faults
  }
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

type Source = Record<string, string | undefined>

/** What `npm start` makes for the demo where the environment says nothing. */
export type DemoDefaults = Pick<Config, 'databaseUrl' | 'authSecret' | 'dataKey'>

const EXAMPLE_SECRETS = ['change-me', 'changeme', 'secret', 'example', 'replace-me']

const isExample = (value: string) => EXAMPLE_SECRETS.some((word) => value.toLowerCase().includes(word))

const bytesOf = (base64: string) => Buffer.from(base64, 'base64').length

/** The same URL for the role that owns nothing (the role is made by the migrations). */
export function appUrlOf(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', '-c role=callside_app')
  return url.toString()
}

/**
 * Reads the settings, or throws a `ConfigFault` that lists every wrong one.
 * With `DATABASE_URL` nothing is defaulted that protects data; without it `demo` supplies the generated values.
 */
export function readConfig(demo?: DemoDefaults, source: Source = process.env): Config {
  const faults: string[] = []
  const isDemo = !source.DATABASE_URL
  const port = Number(source.PORT ?? '3000')
  if (!Number.isInteger(port) || port < 0 || port > 65535) faults.push(`PORT is "${source.PORT}": use a whole number from 0 to 65535`)

  const databaseUrl = source.DATABASE_URL ?? demo?.databaseUrl ?? ''
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) faults.push('DATABASE_URL is not a Postgres address: use postgres://user:password@host:5432/name')

  const authSecret = source.AUTH_SECRET ?? demo?.authSecret ?? ''
  if (authSecret.length < 32 || isExample(authSecret))
    faults.push('AUTH_SECRET is missing, short or an example: set 32 random characters, e.g. from `openssl rand -base64 32`')

  const dataKey = source.DATA_KEY ?? demo?.dataKey ?? ''
  if (bytesOf(dataKey) !== 32) faults.push('DATA_KEY is not 32 bytes in base64: set one from `openssl rand -base64 32`, and keep it apart from the database')

  const origin = source.ORIGIN ?? (isDemo ? `http://localhost:${port}` : '')
  if (!/^https?:\/\/[^/]+$/.test(origin)) faults.push('ORIGIN is missing: set the address people type, e.g. https://desk.example.org, without a path')
  else if (!isDemo && origin.startsWith('http://') && !/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(origin))
    faults.push('ORIGIN is http: calls hold health data, so serve it by https')

  const host = source.HOST ?? (isDemo ? '127.0.0.1' : '0.0.0.0')
  if (isDemo && !LOOPBACK.includes(host)) faults.push(`HOST is "${host}": the demo listens on this machine only. Set DATABASE_URL for a helpline of your own`)

  if (faults.length > 0) throw new ConfigFault(faults)
  return {
    port,
    host,
    origin,
    databaseUrl,
    appDatabaseUrl: source.DATABASE_APP_URL ?? appUrlOf(databaseUrl),
    authSecret,
    dataKey,
    isDemo,
    logLevel: source.LOG_LEVEL ?? (isDemo ? 'warn' : 'info'),
  }
}

/** True when the helpline brings its own Postgres; otherwise this is the demo. */
export const hasOutsideDatabase = (source: Source = process.env) => Boolean(source.DATABASE_URL)

/** The environment of a child process: this one's, with changes. `undefined` takes a name out. */
export function childEnvironment(changes: Source = {}, source: Source = process.env): NodeJS.ProcessEnv {
  const environment = { ...source, ...changes }
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)) as NodeJS.ProcessEnv
}

/** The browser for the tests, where somebody chose one. */
export function readBrowserPath(source: Source = process.env): string | undefined {
  return source.CALLSIDE_BROWSER || undefined
}

/** React and Next choose their production code by these when they are first imported, so before that. */
export function setProductionMode(target: Source = process.env) {
  target.NODE_ENV = 'production'
  target.NEXT_TELEMETRY_DISABLED = '1'
}

/** What next-auth and Next read from the environment for themselves. Before either is loaded. */
export function tellLibraries(config: Config) {
  process.env.NEXTAUTH_URL = config.origin
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  Object.assign(process.env, { NODE_ENV: 'production' })
}
